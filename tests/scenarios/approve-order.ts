import type { DecideOrder } from '@beyond-headers/contracts';
import { until } from '../support/until.ts';
import { postJson, readOrder } from '../support/writer.ts';

const HELD_DEADLINE_MS = 30_000;

/** Approves an order once for each item of `approvals`, each time after the order is held. */
export async function approveOrder(
  writerUrl: string,
  orderId: string,
  approvals: ReadonlyArray<NonNullable<DecideOrder['demo']>['segment']>,
): Promise<void> {
  for (const [index, segment] of approvals.entries()) {
    await until(
      () => readOrder(writerUrl, orderId),
      ({ status, approvalsLeft }) => status === 'held' && approvalsLeft === approvals.length - index,
      { deadlineMs: HELD_DEADLINE_MS, what: `order ${orderId}, held for approval ${index + 1},` },
    );
    const decision: DecideOrder = { decision: 'approve', approval: index + 1, demo: { segment } };
    await postJson(`${writerUrl}/orders/${orderId}/approval`, decision);
  }
}
