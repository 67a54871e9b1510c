import { appended } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import { underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { untilAnswered } from './until-answered.ts';

const MAX_EFFECTS = 100;

/**
 * Runs an effect unless an earlier attempt did it, and records it in the order's ledger before the attempt continues.
 *
 * If the process dies between the effect and the record, the effect runs again. So the effect itself must be idempotent by
 * the key. Throws if the lease was lost, because the ledger then belongs to another owner.
 * @param key unique within the order, such as `report`
 * @param signal ends the retries while the database is unavailable
 */
export async function effectOnce(
  queue: OrderQueue,
  order: ClaimedOrder,
  key: string,
  effect: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { ledger } = order;
  if (Array.isArray(ledger) && ledger.some((entry) => entry?.key === key)) return;
  await effect();
  if (await untilAnswered(() => writeEffect(queue, order, key), signal)) return;
  throw new Error(`The lease of order ${order._id} was lost after effect ${JSON.stringify(key)}`);
}

/** Resolves with false if the lease was lost. If only the response was lost, a retry finds the entry of the first write. */
async function writeEffect({ orders }: OrderQueue, order: ClaimedOrder, key: string): Promise<boolean> {
  const { _id, lease } = order;
  const written = { ledger: { $elemMatch: { key, token: lease.token } } };
  const { matchedCount } = await orders.updateOne({ ...underLease([order]), $nor: [written] }, [
    { $set: { ledger: ledgerWith(key, lease.token) } },
  ]);
  return matchedCount > 0 || (await orders.countDocuments({ _id, ...written })) > 0;
}

/** Returns the ledger with an entry for a key and a token. */
export const ledgerWith = (key: string, token: string): Document =>
  appended(
    'ledger',
    { key: { $literal: key }, attempt: '$attempts', token: { $literal: token }, at: '$$NOW' },
    MAX_EFFECTS,
  );
