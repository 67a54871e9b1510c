import { setTimeout as delay } from 'node:timers/promises';
import type { OrderDocument } from '@beyond-headers/contracts';
import { until } from '../../support/until.ts';
import type { FaultSystem } from './fault-system.ts';

const AGAIN_MS = 50;

/** Sends one approval to a writer. Resolves with the status code, and rejects if no response arrives. */
export async function approve(url: string, id: string, approval: number): Promise<number> {
  const response = await fetch(`${url}/orders/${id}/approval`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decision: 'approve', approval }),
  });
  await response.arrayBuffer();
  return response.status;
}

export const untilHeld = (
  { orders }: FaultSystem,
  id: string,
  approvals: number,
  deadlineMs = 30_000,
): Promise<OrderDocument | null> =>
  until(
    () => orders.findOne({ _id: id }),
    (order) => order?.status === 'held' && (order.decisions?.length ?? 0) === approvals,
    { deadlineMs, what: `order ${id}, held for approval ${approvals + 1}` },
  );

/** Sends an approval, and retries until a writer responds, even if writers are killed. */
export async function approveUntilAnswered(
  urlOfWriter: () => string,
  id: string,
  approval: number,
): Promise<'counted' | 'counted before'> {
  for (let tries = 1; ; tries++) {
    const status = await approve(urlOfWriter(), id, approval).catch(() => undefined);
    if (status === 200) return 'counted';
    if (status === 409 && tries > 1) return 'counted before';
    if (status !== undefined && status !== 503)
      throw new Error(`Approval ${approval} of ${id}: got ${status}.`);
    await delay(AGAIN_MS);
  }
}
