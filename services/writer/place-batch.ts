import { MAX_BATCH, type OrderDocument, type PlaceOrders } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { serverTime } from '@beyond-headers/service-kit/mongo';
import { MongoServerError, type Collection } from 'mongodb';
import { ensureIdempotencyIndex, isDuplicate, otherRequest } from './idempotency.ts';
import { recordSent } from './metrics.ts';
import type { NewOrder } from './new-order.ts';
import { isSameRequest } from './order-request.ts';
import { sendOrder, type PlaceOptions } from './send-order.ts';

/** "Transaction numbers are only allowed on a replica set member or mongos". */
const NO_TRANSACTIONS = 20;
const MAX_TRIES_MS = 1_500;

/**
 * Writes orders together, all or none, each with the context of a PRODUCER span of its own. With an idempotency key that an earlier
 * batch used, nothing is written and that batch's orders are given back. Throws a 422 when the two differ, and a 501 where the server
 * has no transactions.
 */
export async function placeBatch(
  orders: Collection<OrderDocument>,
  { orders: bodies }: PlaceOrders,
  { idempotencyKey, finish }: PlaceOptions = {},
): Promise<NewOrder[]> {
  if (idempotencyKey !== undefined) await ensureIdempotencyIndex(orders);
  const batch: NewOrder[] = [];
  const written = Promise.withResolvers<NewOrder[]>();
  // No order waits for it when none could be made.
  written.promise.catch(() => {});
  const sent = bodies.map((body, index) =>
    sendOrder(body, { idempotencyKey: keyOf(idempotencyKey, index), finish }, async (order) => {
      batch.push(order);
      return (await written.promise)[index]!;
    }),
  );
  // With one missing, what made it fail is in `sent`.
  if (batch.length === bodies.length)
    writeBatch(orders, batch, idempotencyKey).then(written.resolve, written.reject);
  else written.reject(new Error('An order of the batch could not be made.'));
  return Promise.all(sent);
}

/** No caller can send a key with a space, so none of an order in a batch is one that a request came with. */
const keyOf = (key: string | undefined, index: number): string | undefined =>
  key === undefined ? undefined : `${key} ${index}`;

async function writeBatch(
  orders: Collection<OrderDocument>,
  batch: NewOrder[],
  idempotencyKey: string | undefined,
): Promise<NewOrder[]> {
  try {
    await insertTogether(orders, batch);
    recordSent(batch.length);
    return batch;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === NO_TRANSACTIONS) throw noTransactions();
    if (!isDuplicate(error) || idempotencyKey === undefined) throw error;
    return placedBefore(orders, batch, idempotencyKey);
  }
}

async function insertTogether(orders: Collection<OrderDocument>, batch: readonly NewOrder[]): Promise<void> {
  const { db } = orders;
  // To insert is many times cheaper here than to update, which could ask for the time itself (docs/decisions/server-time.md).
  const now = await serverTime(db);
  // A time that has passed is now, by the server's clock.
  const availableAt = ({ startsAt }: NewOrder) => (startsAt && startsAt > now ? startsAt : now);
  const documents = batch.map((order) => ({ ...order, createdAt: now, availableAt: availableAt(order) }));
  const startedAt = performance.now();
  await db.client.withSession((session) =>
    session.withTransaction(() => {
      // The driver would try for two minutes, long after the caller has its answer.
      if (performance.now() - startedAt > MAX_TRIES_MS)
        throw new HttpProblem(503, 'The database did not answer in time; try again.');
      return orders.insertMany(documents, { session });
    }),
  );
}

async function placedBefore(
  orders: Collection<OrderDocument>,
  batch: readonly NewOrder[],
  idempotencyKey: string,
): Promise<NewOrder[]> {
  const keys = Array.from({ length: MAX_BATCH }, (_, index) => keyOf(idempotencyKey, index)!);
  const found = await orders.find({ idempotencyKey: { $in: keys } }).toArray();
  const earlier = keys.flatMap((key) => found.find((order) => order.idempotencyKey === key) ?? []);
  const isSame =
    earlier.length === batch.length && batch.every((order, index) => isSameRequest(earlier[index]!, order));
  if (!isSame) throw otherRequest('other orders');
  return earlier;
}

const noTransactions = () =>
  new HttpProblem(
    501,
    'MongoDB runs without a replica set here, so it cannot write several orders or none. Place them one at a time: POST /orders.',
  );
