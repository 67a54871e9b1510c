import { after, afterEach, before } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { openPage, type OpenPage } from './page.ts';

/** The whole demo on this machine, and a browser. Started for each file. */
export interface DemoStage {
  system: LocalSystem;
  browser: Browser;
  /** Opens the playground. */
  open: (query?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

export function setDemoStage(options?: Parameters<typeof startLocalSystem>[0]): DemoStage {
  const stage = {
    open: (query = '', context) => openPage(stage.browser, stage.system.urls.playground + query, context),
  } as DemoStage;
  before(async () => {
    stage.system = await startLocalSystem(options);
    stage.browser = await launchChromium();
  });
  afterEach(async () => {
    for (const context of stage.browser.contexts()) await context.close();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.system?.stop();
  });
  return stage;
}
