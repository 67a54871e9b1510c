import { SpanKind } from '@opentelemetry/api';
import { extractContext, inSpan, startFrom } from '@beyond-headers/propagation';
import { MongoServerError, type Collection } from 'mongodb';
import type { Position } from './bookmark.ts';
import type { Order } from './database.ts';
import type { FollowOptions } from './follow-options.ts';

/** The server has deleted the changes after the bookmark, or the document of one of them. */
const CHANGE_STREAM_HISTORY_LOST = 286;
const NO_MATCHING_DOCUMENT = 47;

export function isHistoryLost(error: unknown): error is MongoServerError {
  return (
    error instanceof MongoServerError &&
    (error.code === CHANGE_STREAM_HISTORY_LOST || error.code === NO_MATCHING_DOCUMENT)
  );
}

/**
 * Handles every order as it is now, and gives the position to follow from.
 *
 * What is left of the lost changes is the last write of each order. It may have been handled long ago, and the
 * writes before it are gone. A link says where the order comes from without putting this work into that trace.
 */
export async function catchUp({ orders, bookmark, handle, signal }: FollowOptions): Promise<Position> {
  // Before the first read: what changes from here on comes as a change, too.
  const position = await serverTime(orders);
  for await (const order of orders.find({}, { batchSize: 100 })) {
    // The bookmark stays: the next run finds the history lost, too, and reads all orders.
    if (signal.aborted) return position;
    const start = startFrom({ shape: 'link', carried: extractContext(order.context) });
    await inSpan('process orders', { kind: SpanKind.CONSUMER, ...start }, () => handle(order));
  }
  await bookmark.save(position);
  return position;
}

/** The position of now, by the server's clock. */
export async function serverTime(orders: Collection<Order>): Promise<Position> {
  const { operationTime } = await orders.db.command({ hello: 1 });
  return { startAtOperationTime: operationTime };
}
