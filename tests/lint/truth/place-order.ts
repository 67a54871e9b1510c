import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoSwitches, OrderView, PlacedOrder } from '@beyond-headers/contracts';
import { fetchTraces, labelOf, type Span } from '@beyond-headers/traces';
import { until } from '../../support/until.ts';

/** Shorter than the timeout of a test, so that the error names what is missing. */
const DEADLINE_MS = 150_000;

export interface SystemUrls {
  writer: string;
  traces: string;
}

/** One order, with its demo switches. */
export interface Request {
  demo: DemoSwitches;
  report: boolean;
  /** The caller's context. An order without one starts a trace. */
  traceparent?: string;
}

/** Places all orders at once. Resolves with every span of their traces when their work is over. */
export async function spansOfOrders(urls: SystemUrls, requests: readonly Request[]): Promise<Span[]> {
  const placed = await Promise.all(
    requests.map(async (request) => ({ ...request, orderId: await placeOrder(urls.writer, request) })),
  );
  let spans: Span[] = [];
  const read = async () => {
    // As rarely as the page reads, because twenty of these reads at once are a load.
    await delay(POLL_MS);
    const orders = await Promise.all(
      placed.map(async ({ orderId }) => (await fetch(`${urls.writer}/orders/${orderId}`)).json()),
    );
    const views = orders as OrderView[];
    if (views.some(({ status }) => status !== 'fulfilled')) return views.map(({ status }) => status);
    // A Job without a context adds a trace when it runs.
    spans = await fetchTraces(urls.traces, [...new Set(views.flatMap(({ traceIds }) => traceIds))]);
    return spans.map(labelOf);
  };
  const isOver = () => areSent(spans, placed) && placed.every((request) => hasAll(spans, request));
  await until(read, isOver, {
    deadlineMs: DEADLINE_MS,
    what: `the traces of ${JSON.stringify(placed)}`,
  });
  return spans;
}

const POLL_MS = 250;

async function placeOrder(writer: string, { demo, report, traceparent }: Request): Promise<string> {
  const response = await fetch(`${writer}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(traceparent && { traceparent }) },
    body: JSON.stringify({
      customer: 'ada',
      items: [{ sku: 'tea', quantity: 1, unitPriceCents: 5 }],
      report,
      demo,
    }),
  });
  assert.equal(response.status, 202);
  return ((await response.json()) as PlacedOrder).orderId;
}

/** Reports whether the spans that sent the orders and launched the Jobs are there. They come from other processes than the last spans. */
function areSent(spans: readonly Span[], requests: readonly Request[]): boolean {
  const labels = spans.map(labelOf);
  const count = (label: string) => labels.filter((each) => each === label).length;
  return (
    count('writer PRODUCER send orders') >= requests.length &&
    count('job-launcher PRODUCER launch report-job') >= requests.filter(({ report }) => report).length
  );
}

/** Reports whether the last spans of an order's work are there: an attempt that fulfilled it, and the runs of its Job. */
function hasAll(spans: readonly Span[], { demo, report, orderId }: Request & { orderId: string }): boolean {
  const own = spans.filter(({ attributes }) => attributes['demo.order.id'] === orderId);
  const count = (label: string) => own.filter((span) => labelOf(span) === label).length;
  // On a busy machine, there may be more attempts than expected. The last one fulfills the order.
  const isProcessed = own.some(
    (span) =>
      labelOf(span) === 'poller CONSUMER process orders' && span.attributes['demo.outcome'] === 'fulfilled',
  );
  // A killed process leaves no span of its own, only that of its observer.
  const run =
    demo.jobFault === 'oom'
      ? 'job-launcher INTERNAL observe report-job'
      : 'report-job CONSUMER run report-job';
  return isProcessed && (!report || count(run) === (demo.jobFault ? 3 : 1));
}
