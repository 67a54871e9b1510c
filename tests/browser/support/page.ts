import type { BrowserContextOptions, Browser, Page } from 'playwright-core';

const READY_MS = 10_000;
const TRIES = 3;

/** A page of the playground whose script has started, and what its console said beside. */
export interface OpenPage {
  page: Page;
  /** Errors of the page's own, such as a refusal by its content security policy. */
  problems: string[];
}

/** Opens the playground. */
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
 * Loads a page of the playground and waits for its script. Again when the machine's network changed meanwhile, which makes
 * Chromium drop what it was loading.
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

/** Waits until the run in a slot is over. */
export async function waitForRun(page: Page, slot: 'a' | 'b', timeout = 30_000): Promise<void> {
  await page.waitForSelector(`#slot-${slot}[data-settled=true]`, { timeout });
}

/** The names of the spans in a slot, as its rows have them, trace heads as `trace`. */
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

/** How the context got over a hop, as the strip of a run shows it. */
export const crossingIn = (page: Page, slot: 'a' | 'b', carrier: string): Promise<string | null> =>
  page.locator(`#slot-${slot} .j-edge[data-carrier=${carrier}]`).first().getAttribute('data-crossing');

/** What the focus is on. */
export const focused = (page: Page): Promise<string> => page.locator(':focus').innerText();

/** Sets a switch of the run panel as a click on it does. */
export async function setSwitch(page: Page, name: string, isOn: boolean): Promise<void> {
  const input = page.locator(`input[name=${name}]`);
  if ((await input.isChecked()) !== isOn) await page.locator(`label:has(input[name=${name}])`).click();
}

export async function run(page: Page, slot: 'a' | 'b'): Promise<void> {
  await page.click('#run');
  await waitForRun(page, slot);
}
