import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalSystem } from '@beyond-headers/supervisor';
import type { Browser } from 'playwright-core';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { findChromium, launchChromium, NO_CHROMIUM } from '../support/chromium.ts';
import { openPage, run, scrollToTop, setSwitch, waitForRun } from '../support/page.ts';
import { writeRecordedPage } from './recorded-page.ts';
import { SHOTS, type Shot } from './shots.ts';

const { values } = readCommandLine({
  usage: `npm run screenshots -- [--recorded]

Starts a local system, takes the screenshots for the README and the tutorial again, and writes them to docs/images. Needs Chromium.

  --recorded   instead writes dist/playground.html, one file with the playground and recorded runs; needs no Chromium`,
  options: { recorded: { type: 'boolean', default: false } },
});

const FOLDER = join(import.meta.dirname, '../../../docs/images');

if (!values.recorded && !findChromium()) {
  console.error(NO_CHROMIUM);
  process.exit(2);
}
const system = await startLocalSystem();
try {
  await (values.recorded ? writeRecordedPage : takeAll)(system.urls.playground);
} finally {
  await system.stop();
}

async function takeAll(url: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const browser = await launchChromium();
  try {
    for (const shot of SHOTS) await take(browser, url, shot);
  } finally {
    await browser.close();
  }
}

async function take(browser: Browser, url: string, shot: Shot): Promise<void> {
  const { file, query = '', off, theme = 'light', width = 1280, height = 800, carriers } = shot;
  const { page } = await openPage(browser, url + query, {
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await run(page, 'a');
  if (off) {
    await setSwitch(page, off, false);
    await page.click('#run');
    await waitForRun(page, 'b');
  }
  if (carriers) await page.locator('#slot-b .carriers').scrollIntoViewIfNeeded();
  if (carriers) await scrollToTop(page.locator('#slot-a .carriers'));
  await page.screenshot({ path: join(FOLDER, file) });
  await page.context().close();
  console.log(`docs/images/${file}`);
}
