import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertEdges, buildTree, fetchTrace, waitForTrace, type EdgeRow } from '@beyond-headers/traces';
import {
  brokenDocument,
  brokenJob,
  documentCarrier,
  inOneProcess,
  jobCarrier,
  launched,
  linkedDocument,
  reported,
  waitStaysWithOrder,
  written,
} from '../support/expected-tree.ts';
import { linksOf } from '../support/order-spans.ts';
import { traces } from './support/preload.ts';
import { startTestSystem, type TestSystem } from './support/system.ts';

const system = await startTestSystem('whole_chain');
after(() => system.stop());

test('one trace through document and Job', async () => {
  const [trace] = await run({}, 1);
  const rows = [...written, ...documentCarrier, ...launched, ...jobCarrier, ...reported];
  await holds(trace, rows);
});

test('document carrier off breaks the trace in two', async () => {
  const [first, second] = await run({ document: 'off' }, 2);
  await holds(first, written);
  await holds(second, [...brokenDocument, ...launched, ...jobCarrier, ...reported]);
});

test('Job carrier off breaks the trace in two', async () => {
  const [first, second] = await run({ job: 'off' }, 2);
  await holds(first, [...written, ...documentCarrier, ...launched]);
  await holds(second, [...brokenJob, ...reported]);
});

test('both carriers off break the trace in three', async () => {
  const [first, second, third] = await run({ document: 'off', job: 'off' }, 3);
  await holds(first, written);
  await holds(second, [...brokenDocument, ...launched]);
  await holds(third, [...brokenJob, ...reported]);
});

test('shape link starts a trace that links back', async () => {
  const [first, second] = await run({ shape: 'link' }, 2);
  const sent = (await holds(first, [...written, ...waitStaysWithOrder])).find(
    ({ name }) => name === 'send orders',
  );
  const received = (await holds(second, [...linkedDocument, ...launched])).find(
    ({ name }) => name === 'process orders',
  );
  assert.equal(received?.parentSpanId, undefined);
  assert.deepEqual(
    received?.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
    [{ traceId: sent?.traceId, spanId: sent?.spanId }],
  );
});

test('shape parent+link is a child that also links', async () => {
  const [trace] = await run({ shape: 'parent+link' }, 1);
  const spans = await holds(trace, [...written, ...documentCarrier, ...launched, ...jobCarrier]);
  const received = spans.find(({ name }) => name === 'process orders');
  assert.deepEqual(linksOf(received), [received?.parentSpanId]);
});

test("the Job gets the writer's baggage, not the caller's", async () => {
  const forged = { baggage: 'demo.customer.tier=gold,email=ada@example.org' };
  const placed = await system.placeOrder({ report: true }, forged);
  await system.fulfilled(placed.orderId, 1);
  const spans = await waitForTrace(traces.queryUrl, placed.traceId, (found) => found.some(isJob), {
    deadlineMs: 30_000,
  });
  assert.equal(spans.find(isJob)?.attributes['demo.customer.tier'], 'standard');
  const stored = await system.orders.findOne({ _id: placed.orderId });
  assert.equal(stored?.context?.['baggage'], 'demo.customer.tier=standard');
});

/** Places an order with a report, and returns the ids of the traces that touched it. */
async function run(
  demo: NonNullable<Parameters<TestSystem['placeOrder']>[0]['demo']>,
  traceCount: number,
): Promise<string[]> {
  const placed = await system.placeOrder({ report: true, demo });
  const { traceIds } = await system.fulfilled(placed.orderId, traceCount);
  assert.equal(traceIds[0], placed.traceId);
  assert.equal(traceIds.length, traceCount);
  assert.equal(new Set(traceIds).size, traceCount);
  return traceIds;
}

/** Waits until a trace has all edges in `rows`, and returns its spans. The trace must have one root and no orphans. */
async function holds(traceId: string | undefined, rows: EdgeRow[]) {
  assert.ok(traceId);
  await waitForTrace(traces.queryUrl, traceId, (spans) => assertEdges(spans, inOneProcess(rows)), {
    deadlineMs: 30_000,
  });
  const spans = await fetchTrace(traces.queryUrl, traceId);
  const { roots, orphans } = buildTree(spans);
  assert.deepEqual({ roots: roots.length, orphans: orphans.length }, { roots: 1, orphans: 0 });
  return spans;
}

const isJob = ({ name }: { name: string }) => name === 'run report-job';
