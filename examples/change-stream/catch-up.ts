import { SpanKind } from '@opentelemetry/api';
import { extractContext, inSpan, startFrom } from '@beyond-headers/propagation';
import { MongoServerError, type Collection } from 'mongodb';
import type { Position } from './bookmark.ts';
import type { Order } from './database.ts';
import type { FollowOptions } from './follow-options.ts';

/** Error codes: the server has deleted the changes after the bookmark, or the document of one of these changes. */
const CHANGE_STREAM_HISTORY_LOST = 286;
const NO_MATCHING_DOCUMENT = 47;

export function isHistoryLost(error: unknown): error is MongoServerError {
  return (
    error instanceof MongoServerError &&
    (error.code === CHANGE_STREAM_HISTORY_LOST || error.code === NO_MATCHING_DOCUMENT)
  );
}

/**
 * Handles the current version of every order, and returns the position to follow from.
 *
 * Of the lost changes, only the last write of each order remains. It may have been handled long ago, and the writes before it are
 * gone. So the work on an order gets its own trace, with a link to that write.
 */
export async function catchUp({ orders, bookmark, handle, signal }: FollowOptions): Promise<Position> {
  // Before the first read, so that the stream includes all changes from here on.
  const position = await serverTime(orders);
  for await (const order of orders.find({}, { batchSize: 100 })) {
    // Keeps the old bookmark, so that the next run finds the history lost again, and reads all orders.
    if (signal.aborted) return position;
    const start = startFrom({ shape: 'link', carried: extractContext(order.context) });
    await inSpan('process orders', { kind: SpanKind.CONSUMER, ...start }, () => handle(order));
  }
  await bookmark.save(position);
  return position;
}

/** Returns the current time of the server's clock, as a position. */
export async function serverTime(orders: Collection<Order>): Promise<Position> {
  const { operationTime } = await orders.db.command({ hello: 1 });
  return { startAtOperationTime: operationTime };
}
