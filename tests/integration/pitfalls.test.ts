import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertEdges, waitForTrace, type EdgeRow } from '@beyond-headers/traces';
import type { DemoSwitches } from '@beyond-headers/contracts';
import { inOneProcess, jobCarrier, launched, reported, written } from '../support/expected-tree.ts';
import { traces } from './support/preload.ts';
import { startTestSystem } from './support/system.ts';

/** A misuse of a carrier that raises no error, and the traces that it results in. */
interface Pitfall {
  demo: DemoSwitches;
  /** The edges in each of the order's traces, in the order in which the traces first touched it. */
  traces: EdgeRow[][];
}

const template: EdgeRow = [null, 'writer INTERNAL store template'];
const carriedOn = [...written, ['writer PRODUCER send orders', 'poller CONSUMER process orders'] as EdgeRow];

const PITFALLS: Pitfall[] = [
  {
    demo: { document: 'stale' },
    traces: [
      written,
      [
        template,
        ['writer INTERNAL store template', 'poller CONSUMER process orders'],
        ...launched,
        ...jobCarrier,
      ],
    ],
  },
  {
    demo: { document: 'early' },
    traces: [[...written, ['writer SERVER POST /orders', 'poller CONSUMER process orders'], ...launched]],
  },
  {
    demo: { document: 'text' },
    traces: [written, [[null, 'poller CONSUMER process orders'], ...launched, ...jobCarrier]],
  },
  {
    demo: { job: 'stale' },
    traces: [
      [...carriedOn, ...launched],
      [template, ['* INTERNAL store template', 'report-job CONSUMER run report-job'], ...reported],
    ],
  },
  {
    demo: { job: 'twice' },
    traces: [
      [...carriedOn, ...launched],
      [template, ['* INTERNAL store template', 'report-job CONSUMER run report-job'], ...reported],
    ],
  },
  {
    demo: { job: 'early' },
    traces: [
      [
        ...carriedOn,
        ...launched,
        ['job-launcher SERVER POST /reports', 'report-job CONSUMER run report-job'],
        ...reported,
      ],
    ],
  },
  {
    demo: { job: 'lowercase' },
    traces: [
      [...carriedOn, ...launched],
      [[null, 'report-job CONSUMER run report-job'], ...reported],
    ],
  },
];

const system = await startTestSystem('pitfalls');
after(() => system.stop());

for (const { demo, traces: expected } of PITFALLS) {
  const [[carrier, how] = []] = Object.entries(demo);
  test(`the ${carrier} carrier ${how}: the trace is wrong in its own way`, async () => {
    const placed = await system.placeOrder({ report: true, demo });
    const { traceIds } = await system.fulfilled(placed.orderId, expected.length);
    assert.equal(traceIds.length, expected.length);
    for (const [index, rows] of expected.entries()) await holds(traceIds[index], rows);
  });
}

async function holds(traceId: string | undefined, rows: EdgeRow[]): Promise<void> {
  assert.ok(traceId);
  await waitForTrace(traces.queryUrl, traceId, (spans) => assertEdges(spans, inOneProcess(rows)), {
    deadlineMs: 30_000,
  });
}
