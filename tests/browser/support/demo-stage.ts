import { after, before } from 'node:test';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import type { BrowserContextOptions } from 'playwright-core';
import { setBrowser, type BrowserStage } from './chromium.ts';
import { openPage, type OpenPage } from './page.ts';

/** The whole demo on this machine, and a browser. Started for each file. */
export interface DemoStage extends BrowserStage {
  system: LocalSystem;
  /** Opens the playground. */
  open: (query?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

export function setDemoStage(options?: Parameters<typeof startLocalSystem>[0]): DemoStage {
  const stage = setBrowser() as DemoStage;
  stage.open = (query = '', context) =>
    openPage(stage.browser, stage.system.urls.playground + query, context);
  before(async () => {
    stage.system = await startLocalSystem(options);
  });
  after(() => stage.system?.stop());
  return stage;
}
