import type { DecideOrder, OrderView } from '@beyond-headers/contracts';
import { untraced } from '@beyond-headers/service-kit/untraced';
import { until } from '../support/until.ts';

const HELD_DEADLINE_MS = 30_000;

export async function readOrder(writerUrl: string, orderId: string): Promise<OrderView> {
  const response = await fetch(`${writerUrl}/orders/${orderId}`, { headers: untraced() });
  return (await response.json()) as OrderView;
}

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
    await approve(writerUrl, orderId, { decision: 'approve', approval: index + 1, demo: { segment } });
  }
}

async function approve(writerUrl: string, orderId: string, body: DecideOrder): Promise<void> {
  const response = await fetch(`${writerUrl}/orders/${orderId}/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  throw new Error(
    `Failed to approve order ${orderId} at ${writerUrl}: got ${response.status} ${await response.text()}. Expected 200.`,
  );
}
