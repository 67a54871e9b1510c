import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The system's Chromium: `CHROMIUM`, or the first on PATH. Undefined where there is none. */
export function findChromium(env = process.env): string | undefined {
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [env['CHROMIUM'] ?? '', ...onPath, MAC].find((path) => path !== '' && isExecutable(path));
}

/** What to say where there is none. */
export const NO_CHROMIUM =
  'No Chromium was found: looked at CHROMIUM and on PATH. Install one (Debian: apt-get install chromium) or set CHROMIUM to its path.';

export interface ChromiumOptions {
  /** With scroll bars that take room beside the content, as on most desktops. */
  hasScrollbars?: boolean;
}

/** Starts it without a window and without calls of its own to anywhere. Rejects with {@link NO_CHROMIUM}. */
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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
