import assert from 'node:assert/strict';
import type { OrderDocument } from '@beyond-headers/contracts';
import { assertExactTree, reachesExactTree, readTree } from './exact-tree.ts';
import type { ReportSink } from './report-sink.ts';

export const callsOf = ({ calls }: ReportSink) => [...calls.values()].reduce((sum, count) => sum + count, 0);

export const attemptsOf = (orders: readonly OrderDocument[]) =>
  orders.reduce((sum, { attempts }) => sum + attempts, 0);

/** Asserts that every effect is in its order's ledger once, and that each report was requested. */
export function assertEffectsOnce(orders: readonly OrderDocument[], sink: ReportSink): void {
  for (const { _id, ledger = [], report } of orders) {
    const expected = report ? ['report', 'fulfil'] : ['fulfil'];
    assert.deepEqual(
      ledger.map(({ key }) => key),
      expected,
      `ledger of ${_id}`,
    );
  }
  const reports = orders.filter(({ report }) => report);
  assert.deepEqual(new Set(sink.calls.keys()), new Set(reports.map(({ _id }) => _id)));
}

/** Counts the orders with an exact trace. Waits for spans that are still missing, and throws at the first trace that isn't exact. */
export async function countExactTrees(orders: readonly OrderDocument[]): Promise<number> {
  let exact = 0;
  for (const order of orders) {
    const spans = await readTree(order);
    try {
      assertExactTree(spans, order);
    } catch {
      await reachesExactTree(order, 10_000);
    }
    exact++;
  }
  return exact;
}
