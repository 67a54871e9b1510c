import { randomBytes } from 'node:crypto';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { launchChromium, type ChromiumOptions } from './chromium.ts';
import { writeDocuments, type Documents } from './documents.ts';
import { openPage, type OpenPage } from './page.ts';
import { startPlayground, type RunningPlayground } from './playground.ts';
import { startStubTraces, type StubSpan, type StubTraces } from './stub-traces.ts';

const START_MS = 1_700_000_000_000;

/** A playground in this process with stubs for all other services, and a browser. Created for each file, and reset after each test. */
export interface StubStage {
  traces: StubTraces;
  playground: RunningPlayground;
  documents: Documents;
  browser: Browser;
  /** A different id for each test, because the server caches what it has read of a trace. */
  traceId: string;
  otherId: string;
  /** Returns the span with this number. All other spans are children of the first one. */
  span: (number: number, given?: Partial<StubSpan>) => StubSpan;
  /** Returns the first span, of an order that isn't fulfilled. Its run continues until `endRun`. */
  openRun: () => StubSpan;
  endRun: () => void;
  /** Opens the page. By default, slot A shows the test's trace. */
  open: (query?: string, options?: BrowserContextOptions) => Promise<OpenPage>;
}

export function setStubStage(options: ChromiumOptions = {}): StubStage {
  const stage = {
    traceId: '',
    otherId: '',
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
    openRun: () => {
      answerOrder(stage, 'pending');
      return stage.span(1, { attributes: { 'demo.order.id': orderOf(stage) } });
    },
    endRun: () => answerOrder(stage, 'fulfilled'),
    open: (query = `?a=${stage.traceId}`, options: BrowserContextOptions = {}) =>
      openPage(stage.browser, `${stage.playground.url}/${query}`, options),
  } as StubStage;
  before(async () => {
    stage.traces = await startStubTraces();
    stage.documents = writeDocuments();
    stage.playground = await startPlayground(stage.traces.url, { docs: stage.documents.folder });
    stage.browser = await launchChromium(options);
  });
  beforeEach(() => {
    stage.traceId = randomBytes(16).toString('hex');
    stage.otherId = randomBytes(16).toString('hex');
    stage.traces.set([]);
  });
  afterEach(async () => {
    for (const context of stage.browser.contexts()) await context.close();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.playground?.stop();
    await stage.traces?.stop();
    stage.documents?.remove();
  });
  return stage;
}

export const idOf = (number: number): string => number.toString(16).padStart(16, '0');

const orderOf = ({ traceId }: StubStage): string => traceId.slice(0, 24);

function answerOrder(stage: StubStage, status: 'pending' | 'fulfilled'): void {
  const orderId = orderOf(stage);
  const order = { orderId, status, attempts: 1, report: false, traceIds: [stage.traceId] };
  stage.traces.answer(`/orders/${orderId}`, order);
}
