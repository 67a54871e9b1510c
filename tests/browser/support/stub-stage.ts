import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { after, before, beforeEach } from 'node:test';
import type { BrowserContextOptions } from 'playwright-core';
import { setBrowser, type BrowserStage, type ChromiumOptions } from './chromium.ts';
import { writeDocuments } from './documents.ts';
import { openPage, waitForRun, type OpenPage } from './page.ts';
import { startPlayground, type RunningPlayground } from './playground.ts';
import { startStubTraces, type StubSpan, type StubTraces } from './stub-traces.ts';

const START_MS = 1_700_000_000_000;

/** A playground in this process with stubs for all other services, and a browser. Created for each file, and reset after each test. */
export interface StubStage extends BrowserStage {
  traces: StubTraces;
  playground: RunningPlayground;
  /** The folder of the documentation. */
  docs: string;
  /** A different id for each test, because the server caches what it has read of a trace. */
  traceId: string;
  otherId: string;
  /** An order in the test's trace. Its spans name it. */
  orderId: string;
  /** Returns the span with this number. All other spans are children of the first one. */
  span: (number: number, given?: Partial<StubSpan>) => StubSpan;
  /** Sets the writer's answer for the order: by default, an order without a report after its first attempt. */
  setOrder: (given: { status: string } & Record<string, unknown>) => void;
  /** Returns the first span, of an order that isn't fulfilled. Its run continues until `endRun`. */
  openRun: () => StubSpan;
  endRun: () => void;
  /** Opens the page. By default, slot A shows the test's trace. */
  open: (query?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
  /** Sets the spans, opens the page, and waits until the run in slot A has ended. */
  show: (spans: StubSpan[], query?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

export function setStubStage(options?: ChromiumOptions): StubStage {
  const stage: StubStage = Object.assign(setBrowser(options) as StubStage, {
    span: (number: number, given: Partial<StubSpan> = {}): StubSpan => ({
      traceId: stage.traceId,
      spanId: idOf(number),
      name: `span ${number}`,
      service: 'writer',
      startMs: START_MS + number,
      endMs: START_MS + number + 10,
      ...(number > 1 && { parentSpanId: idOf(1) }),
      ...given,
    }),
    setOrder(given: object) {
      const { orderId, traceId } = stage;
      const order = { orderId, attempts: 1, report: false, traceIds: [traceId], ...given };
      stage.traces.answer(`/orders/${orderId}`, order);
    },
    openRun() {
      stage.setOrder({ status: 'pending' });
      return stage.span(1, { attributes: { 'demo.order.id': stage.orderId } });
    },
    endRun: () => stage.setOrder({ status: 'fulfilled' }),
    open: (query = `?a=${stage.traceId}`, context: BrowserContextOptions = {}) =>
      openPage(stage.browser, `${stage.playground.url}/${query}`, context),
    async show(spans: StubSpan[], query?: string, context?: BrowserContextOptions) {
      stage.traces.set(spans);
      const opened = await stage.open(query, context);
      await waitForRun(opened.page, 'a');
      return opened;
    },
  });
  before(async () => {
    stage.traces = await startStubTraces();
    stage.docs = writeDocuments();
    stage.playground = await startPlayground(stage.traces.url, { docs: stage.docs });
  });
  beforeEach(() => {
    stage.traceId = randomBytes(16).toString('hex');
    stage.otherId = randomBytes(16).toString('hex');
    stage.orderId = stage.traceId.slice(0, 24);
    stage.traces.set([]);
  });
  after(async () => {
    await stage.playground?.stop();
    await stage.traces?.stop();
    if (stage.docs) rmSync(stage.docs, { recursive: true });
  });
  return stage;
}

export const idOf = (number: number): string => number.toString(16).padStart(16, '0');
