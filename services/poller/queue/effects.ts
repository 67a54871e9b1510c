import { appended } from './expressions.ts';
import { heldUnder, type ClaimedOrder, type OrderQueue } from './order-queue.ts';

const MAX_EFFECTS = 100;

/**
 * Runs an effect unless an earlier attempt did it, and writes it into the order's ledger before the attempt goes on.
 *
 * A process that dies between the effect and the ledger has it run again: what stands outside the order must itself take
 * the key twice as once. Throws when the lease was lost; the ledger is then the other owner's.
 * @param key unique within the order, such as `report`
 */
export async function effectOnce(
  { orders }: OrderQueue,
  order: ClaimedOrder,
  key: string,
  effect: () => Promise<void>,
): Promise<void> {
  if (isDone(order, key)) return;
  await effect();
  const { token } = order.lease;
  const entry = { key: { $literal: key }, attempt: '$attempts', token: { $literal: token }, at: '$$NOW' };
  const result = await orders.updateOne({ _id: order._id, ...heldUnder(token) }, [
    { $set: { ledger: appended('ledger', entry, MAX_EFFECTS) } },
  ]);
  if (result.matchedCount === 0) {
    throw new Error(`The lease of order ${order._id} was lost after effect ${JSON.stringify(key)}`);
  }
}

function isDone({ ledger }: ClaimedOrder, key: string): boolean {
  return Array.isArray(ledger) && ledger.some((entry) => entry?.key === key);
}
