import assert from 'node:assert/strict';
import type { Span } from '@beyond-headers/traces';

const NS_PER_MS = 1_000_000n;

/**
 * Checks the times of observed spans against those that the programs measured. No observed span begins before its parent. A pod's wait
 * ends no later than its run begins. Its observation neither begins nor ends later than its run.
 */
export function assertObservedTimes(spans: Span[]): void {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const runs = new Map(
    spans.filter(({ name }) => name === 'run report-job').map((run) => [run.resource['k8s.pod.uid'], run]),
  );
  for (const span of spans.filter(({ name }) => name === 'wait pod' || name === 'observe report-job')) {
    const parent = byId.get(span.parentSpanId ?? '');
    const run = runs.get(span.attributes['k8s.pod.uid']);
    if (parent) assertOrder(parent.startNs, span.startNs, `${span.name} begins before ${parent.name}`);
    if (run && span.name === 'wait pod')
      assertOrder(span.endNs, run.startNs, 'wait pod ends after the run began');
    if (run && span.name === 'observe report-job') {
      assertOrder(span.startNs, run.startNs, 'observe report-job begins after its run');
      assertOrder(span.endNs, run.endNs, 'observe report-job ends after its run');
    }
  }
}

function assertOrder(earlier: bigint, later: bigint, what: string): void {
  assert.ok(earlier <= later, `${what}, by ${Number((earlier - later) / NS_PER_MS)} ms`);
}
