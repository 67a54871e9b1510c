import type { CDPSession, Page } from 'playwright-core';
import { nextFrames } from './page.ts';

/** The cost of a page load, as Chromium reports it. */
export interface Figures {
  /** Time from the request for the page to its first contentful paint, in milliseconds. */
  firstPaintMs: number;
  /** Bytes over the network, including headers. */
  bytes: number;
  requests: number;
}

/** Loads a page without the cache, and measures it with the DevTools protocol: https://chromedevtools.github.io/devtools-protocol/ */
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

/** Resolves when the next page load reaches a lifecycle event. Returns the time in seconds of the protocol's clock. */
function lifecycleEvent(session: CDPSession, name: string): Promise<number> {
  return new Promise((resolve) => {
    let loader = '';
    session.on('Page.lifecycleEvent', (event) => {
      if (event.name === 'init') loader = event.loaderId;
      if (event.name === name && event.loaderId === loader) resolve(event.timestamp);
    });
  });
}

/**
 * Watches the layout shift of a page, in the unit of the Web Vitals (https://web.dev/articles/cls). Includes shifts right after an
 * input, which the Web Vitals exclude. Returns a function that returns the sum so far. 0 means that nothing has moved.
 */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  let sum = 0;
  session.on('PerformanceTimeline.timelineEventAdded', ({ event }) => {
    sum += event.layoutShiftDetails?.value ?? 0;
  });
  await session.send('PerformanceTimeline.enable', { eventTypes: ['layout-shift'] });
  return async () => {
    // A shift is reported with its frame.
    await nextFrames(page);
    return sum;
  };
}
