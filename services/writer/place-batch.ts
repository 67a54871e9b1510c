import { MAX_BATCH, type OrderDocument, type PlaceOrders } from '@beyond-headers/contracts';
import { HttpProblem } from '@beyond-headers/service-kit';
import { isDuplicateKey, serverTime } from '@beyond-headers/service-kit/mongo';
import { MongoServerError, type Collection } from 'mongodb';
import { ensureIdempotencyIndex, otherRequest } from './idempotency.ts';
import { recordSent } from './metrics.ts';
import { isSameRequest } from './order-request.ts';
import { sendOrder, type NewOrder, type PlaceOptions } from './send-order.ts';

/** "Transaction numbers are only allowed on a replica set member or mongos". */
const NO_TRANSACTIONS = 20;
const MAX_TRIES_MS = 1_500;

/**
 * Writes all orders or none, each with the context of its own PRODUCER span. If an earlier batch used the idempotency key, writes nothing,
 * and returns the orders of that batch. Throws a 422 if the two batches differ, and a 501 if the server has no transactions.
 */
export async function placeBatch(
  orders: Collection<OrderDocument>,
  { orders: bodies }: PlaceOrders,
  { idempotencyKey, finish }: PlaceOptions = {},
): Promise<NewOrder[]> {
  if (idempotencyKey !== undefined) await ensureIdempotencyIndex(orders);
  const batch: NewOrder[] = [];
  const written = Promise.withResolvers<NewOrder[]>();
  // If no document could be created, nothing else handles the rejection.
  written.promise.catch(() => {});
  const sent = bodies.map((body, index) =>
    sendOrder(body, { idempotencyKey: keyOf(idempotencyKey, index), finish }, async (order) => {
      batch.push(order);
      return (await written.promise)[index]!;
    }),
  );
  // If a document is missing, `sent` has the error.
  if (batch.length === bodies.length)
    writeBatch(orders, batch, idempotencyKey).then(written.resolve, written.reject);
  else written.reject(new Error('An order of the batch could not be made.'));
  return Promise.all(sent);
}

/** A caller can't send a key with a space, so the key of an order in a batch never equals the key of a request. */
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
    if (!isDuplicateKey(error) || idempotencyKey === undefined) throw error;
    return placedBefore(orders, batch, idempotencyKey);
  }
}

async function insertTogether(orders: Collection<OrderDocument>, batch: readonly NewOrder[]): Promise<void> {
  const { db } = orders;
  // An update could use the server's time by itself, but an insert is many times cheaper here (docs/decisions/server-time.md).
  const now = await serverTime(db);
  // By the server's clock, a time that has passed becomes the current time.
  const availableAt = ({ startsAt }: NewOrder) => (startsAt && startsAt > now ? startsAt : now);
  const documents = batch.map((order) => ({ ...order, createdAt: now, availableAt: availableAt(order) }));
  const startedAt = performance.now();
  await db.client.withSession((session) =>
    session.withTransaction(() => {
      // The driver would retry for two minutes, long after the caller has its response.
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
