import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, afterEach, before } from 'node:test';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Returns the path of Chromium: `CHROMIUM`, the first one on PATH, or the default on macOS. Undefined if there is none. */
export function findChromium(): string | undefined {
  const { CHROMIUM = '', PATH = '' } = process.env;
  const onPath = PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [CHROMIUM, ...onPath, MAC].find((path) => path !== '' && isExecutable(path));
}

/** The message for a machine without Chromium. */
export const NO_CHROMIUM =
  'No Chromium was found: looked at CHROMIUM and on PATH. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.';

export interface ChromiumOptions {
  /** Whether scroll bars take up space beside the content, as on most desktops. */
  hasScrollbars?: boolean;
}

/** Starts Chromium headless, and without background requests. Rejects with {@link NO_CHROMIUM}. */
export async function launchChromium({ hasScrollbars = false }: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(NO_CHROMIUM);
  return chromium.launch({
    executablePath,
    ...(hasScrollbars && { ignoreDefaultArgs: ['--hide-scrollbars'] }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A browser for the tests of a file. */
export interface BrowserStage {
  browser: Browser;
}

/** Starts a browser before the tests of a file, closes its pages after each test, and stops it at the end. */
export function setBrowser(options?: ChromiumOptions): BrowserStage {
  const stage = {} as BrowserStage;
  before(async () => {
    stage.browser = await launchChromium(options);
  });
  afterEach(async () => {
    for (const context of stage.browser.contexts()) await context.close();
  });
  after(() => stage.browser?.close());
  return stage;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
