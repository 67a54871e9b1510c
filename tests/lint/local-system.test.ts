import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { OrderView, PlacedOrder } from '@beyond-headers/contracts';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { fetchTraces, labelOf, type Span } from '@beyond-headers/traces';
import { lint, type Finding } from '@beyond-headers/traces/lint';
import { until } from '../support/until.ts';
import { TRUTH, type Truth } from './truth.ts';

const DEADLINE_MS = 120_000;

let system: LocalSystem;
before(async () => {
  system = await startLocalSystem();
});
after(() => system.stop());

// Side by side: a Job that crashes waits half a minute for its next attempts.
describe('lint on the local system', { concurrency: TRUTH.length }, () => {
  for (const truth of TRUTH) {
    test(`${truth.name}: ${truth.findings.join(', ') || 'nothing is found'}`, async () => {
      const spans = await play(truth);
      const { findings } = lint(spans);
      assert.deepEqual(
        findings.map(shown).toSorted(),
        truth.findings.toSorted(),
        JSON.stringify(findings, undefined, 2),
      );
      for (const { certainty } of findings) assert.equal(certainty, 'certain');
    });
  }
});

const shown = ({ rule, from, to }: Finding): string =>
  `${rule}: ${[from, to].map((end) => (end ? labelOf(end) : '?')).join(' → ')}`;

/** Every span of the order's traces, once its work is over. */
async function play({ name, demo, report }: Truth): Promise<Span[]> {
  const { writer, traces } = system.urls;
  const response = await fetch(`${writer}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      customer: 'ada',
      items: [{ sku: 'tea', quantity: 1, unitPriceCents: 5 }],
      report,
      demo,
    }),
  });
  assert.equal(response.status, 202);
  const { orderId } = (await response.json()) as PlacedOrder;
  const read = async () => {
    const order = (await (await fetch(`${writer}/orders/${orderId}`)).json()) as OrderView;
    const spans = await fetchTraces(traces, order.traceIds);
    return { status: order.status, traceIds: order.traceIds, labels: spans.map(labelOf) };
  };
  const isOver = ({ status, labels }: Awaited<ReturnType<typeof read>>) =>
    status === 'fulfilled' && hasAll(labels, { demo, report });
  const { traceIds } = await until(read, isOver, { deadlineMs: DEADLINE_MS, what: `the traces of ${name}` });
  return fetchTraces(traces, traceIds);
}

/** Whether the last spans of an order's work are there: an attempt that was right, and the runs of its Job. */
function hasAll(labels: readonly string[], { demo, report }: Pick<Truth, 'demo' | 'report'>): boolean {
  const count = (label: string) => labels.filter((each) => each === label).length;
  const isProcessed = count('poller CONSUMER process orders') === 1 + (demo.failTimes ?? 0);
  // A process that is killed leaves no span of its own: what its observer says is all there is.
  const run =
    demo.jobFault === 'oom'
      ? 'job-launcher INTERNAL observe report-job'
      : 'report-job CONSUMER run report-job';
  return isProcessed && (!report || count(run) === (demo.jobFault ? 3 : 1));
}
