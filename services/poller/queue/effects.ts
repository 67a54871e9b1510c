import { appended } from '@beyond-headers/contracts';
import type { Document } from 'mongodb';
import { underLease, type ClaimedOrder, type OrderQueue } from './order-queue.ts';
import { untilAnswered } from './until-answered.ts';

const MAX_EFFECTS = 100;

/**
 * Runs an effect unless an earlier attempt did it, and writes it into the order's ledger before the attempt goes on.
 *
 * A process that dies between the effect and the ledger has it run again: what stands outside the order must itself take
 * the key twice as once. Throws when the lease was lost; the ledger is then the other owner's.
 * @param key unique within the order, such as `report`
 * @param signal ends the tries to write while the database is away
 */
export async function effectOnce(
  queue: OrderQueue,
  order: ClaimedOrder,
  key: string,
  effect: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const { ledger } = order;
  if (Array.isArray(ledger) && ledger.some((entry) => entry?.key === key)) return;
  await effect();
  if (await untilAnswered(() => writeEffect(queue, order, key), signal)) return;
  throw new Error(`The lease of order ${order._id} was lost after effect ${JSON.stringify(key)}`);
}

/** False when the lease was lost. A run whose answer was lost has left its entry, which another one finds. */
async function writeEffect({ orders }: OrderQueue, order: ClaimedOrder, key: string): Promise<boolean> {
  const { _id, lease } = order;
  const written = { ledger: { $elemMatch: { key, token: lease.token } } };
  const { matchedCount } = await orders.updateOne({ ...underLease([order]), $nor: [written] }, [
    { $set: { ledger: ledgerWith(key, lease.token) } },
  ]);
  return matchedCount > 0 || (await orders.countDocuments({ _id, ...written })) > 0;
}

/** The ledger with what is done under a token. */
export const ledgerWith = (key: string, token: string): Document =>
  appended(
    'ledger',
    { key: { $literal: key }, attempt: '$attempts', token: { $literal: token }, at: '$$NOW' },
    MAX_EFFECTS,
  );
