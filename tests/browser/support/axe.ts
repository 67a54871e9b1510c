import axeCore from 'axe-core';
import type { BrowserContextOptions, Page } from 'playwright-core';

/** Options for tests with axe: allow its script in the page, and disable transitions, which would change colors during the check. */
export const FOR_AXE: BrowserContextOptions = { bypassCSP: true, reducedMotion: 'reduce' };

/** Returns the accessibility violations in the current state of a page, one line for each. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeCore.source);
  return page.evaluate<string[]>(
    `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ': ' + target + ' ' + failureSummary)))`,
  );
}
