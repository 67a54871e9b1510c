import axeCore from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';

/** What a context needs so that axe can be put into its pages, and so that no colour is on its way to another. */
export const FOR_AXE: BrowserContextOptions = { bypassCSP: true, reducedMotion: 'reduce' };

/** What axe finds in a page as it is, each as a line. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`,
  );
}
