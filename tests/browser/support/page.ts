import type { BrowserContextOptions, Browser, Locator, Page } from 'playwright-core';

const READY_MS = 10_000;
const TRIES = 3;

/** A page of the playground whose script has started, and the problems on its console. */
export interface OpenPage {
  page: Page;
  /** The page's own errors, such as violations of its content security policy. */
  problems: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/ERR_|Failed to load resource/.test(message.text()))
      problems.push(message.text());
  });
  await load(page, url);
  return { page, problems };
}

/**
 * Loads a page of the playground, and waits for its script. Retries, because Chromium aborts loads if the machine's network changes
 * meanwhile.
 */
export async function load(page: Page, url: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await page.goto(url);
      await page.waitForSelector('body[data-ready]', { timeout: READY_MS });
      return;
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

/** Waits until the run in a slot has ended. */
export async function waitForRun(page: Page, slot: 'a' | 'b', timeout = 30_000): Promise<void> {
  await page.waitForSelector(`#slot-${slot}[data-settled=true]`, { timeout });
}

/** Returns the names of the spans in a slot, in the order of the rows. The heading of each trace is `trace`. */
export async function rowsIn(page: Page, slot: 'a' | 'b'): Promise<string[]> {
  const rows = page.locator(`#slot-${slot} .grid [role=row]`);
  return rows.evaluateAll((elements) =>
    elements.map((element) =>
      element.classList.contains('trace-row')
        ? 'trace'
        : (element.querySelector('.name')?.textContent ?? 'note'),
    ),
  );
}

export const verdictIn = (page: Page, slot: 'a' | 'b'): Promise<string> =>
  page.locator(`#slot-${slot} .verdict`).innerText();

/** Returns how the context crossed a hop, as the diagram of a run shows it. */
export const crossingIn = (page: Page, slot: 'a' | 'b', carrier: string): Promise<string | null> =>
  page.locator(`#slot-${slot} .j-edge[data-carrier=${carrier}]`).first().getAttribute('data-crossing');

/** Resolves when the page has drawn what is pending. */
export const nextFrames = (page: Page): Promise<unknown> =>
  page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');

/** Scrolls an element to the top of the window. */
export const scrollToTop = (locator: Locator): Promise<void> =>
  locator.evaluate((element) => (element as unknown as { scrollIntoView: () => void }).scrollIntoView());

/** Returns the text of the focused element. */
export const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();

/** Sets a switch of the run panel by a click. */
export async function setSwitch(page: Page, name: string, isOn: boolean): Promise<void> {
  const input = page.locator(`input[name=${name}]`);
  if ((await input.isChecked()) !== isOn) await page.locator(`label:has(input[name=${name}])`).click();
}

export async function run(page: Page, slot: 'a' | 'b'): Promise<void> {
  await page.click('#run');
  await waitForRun(page, slot);
}
