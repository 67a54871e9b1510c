import type { CDPSession, Page } from 'playwright-core';

/** What a page costs its visitor, as Chromium counts it. */
export interface Figures {
  /** From the request for the page to its first text or picture, milliseconds. */
  firstPaintMs: number;
  /** Over the wire, headers included. */
  bytes: number;
  requests: number;
}

/** Loads a page with nothing in the cache and measures it by the DevTools protocol: https://chromedevtools.github.io/devtools-protocol/ */
export async function measureLoad(page: Page, url: string): Promise<Figures> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Page.enable');
  await session.send('Page.setLifecycleEventsEnabled', { enabled: true });
  const sizes: number[] = [];
  let askedAt = 0;
  session.on('Network.requestWillBeSent', ({ type, timestamp }) => {
    if (type === 'Document') askedAt = timestamp;
  });
  session.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength));
  const painted = lifecycleEvent(session, 'firstContentfulPaint');
  const idle = lifecycleEvent(session, 'networkAlmostIdle');
  await page.goto(url);
  const [paintedAt] = await Promise.all([painted, idle]);
  await session.detach();
  return {
    firstPaintMs: (paintedAt - askedAt) * 1_000,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    requests: sizes.length,
  };
}

/** When the page that is loaded next comes to this point, in seconds of the protocol's clock. */
function lifecycleEvent(session: CDPSession, name: string): Promise<number> {
  return new Promise((resolve) => {
    let loader = '';
    session.on('Page.lifecycleEvent', (event) => {
      if (event.name === 'init') loader = event.loaderId;
      if (event.name === name && event.loaderId === loader) resolve(event.timestamp);
    });
  });
}

/** How much of the page has moved so far, as `Layout shift` of the Web Vitals, and without forgiving what follows an input. */
export interface Shifts {
  /** https://web.dev/articles/cls, summed up; 0 is a page where nothing ever moved. */
  sum: () => Promise<number>;
}

export async function watchShifts(page: Page): Promise<Shifts> {
  const session = await page.context().newCDPSession(page);
  const values: number[] = [];
  session.on('PerformanceTimeline.timelineEventAdded', ({ event }) => {
    if (event.layoutShiftDetails) values.push(event.layoutShiftDetails.value);
  });
  await session.send('PerformanceTimeline.enable', { eventTypes: ['layout-shift'] });
  return {
    async sum() {
      // A shift is reported with the frame that it happened in.
      await page.evaluate('new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)))');
      return values.reduce((sum, value) => sum + value, 0);
    },
  };
}
