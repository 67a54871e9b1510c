import { SpanKind } from '@opentelemetry/api';
import { inSpan, startFrom } from '@beyond-headers/propagation';
import { extractFromChange } from '@beyond-headers/propagation/mongodb';
import type { ChangeStreamDocument } from 'mongodb';
import type { Position } from './bookmark.ts';
import { catchUp, isHistoryLost, serverTime } from './catch-up.ts';
import type { Order } from './database.ts';
import type { FollowOptions } from './follow-options.ts';

/** An idle stream costs one command per interval. The interval also limits how long a stop takes. */
const MAX_AWAIT_MS = 1_000;
const IDLE_SAVE_MS = 5_000;

/** Handles each change of the collection at least once and in order, in the trace of the write that made it. */
export async function follow(options: FollowOptions): Promise<void> {
  const { orders, bookmark, signal } = options;
  let position = await bookmark.open(() => serverTime(orders));
  while (!signal.aborted) {
    try {
      position = await followFrom(position, options);
    } catch (error) {
      if (!isHistoryLost(error)) throw error;
      console.warn(
        `The history since the bookmark is lost (${error.codeName}). ` +
          'All orders are read again, each in a new trace that links to its last write.',
      );
      position = await catchUp(options);
    }
  }
}

/** Follows the stream until the run is stopped or the collection is dropped. Returns the position to continue from. */
async function followFrom(
  position: Position,
  { orders, bookmark, handle, signal }: FollowOptions,
): Promise<Position> {
  const stream = orders.watch([], { ...position, fullDocument: 'required', maxAwaitTimeMS: MAX_AWAIT_MS });
  let current = position;
  let savedAt = performance.now();
  try {
    while (!signal.aborted && !stream.closed) {
      const change = await stream.tryNext();
      if (change) await handleChange(change, handle);
      // Also saves without a change, because changes of other collections push old entries out of the history.
      if (change || performance.now() - savedAt >= IDLE_SAVE_MS) {
        // Uses `startAfter`, because `resumeAfter` fails after the collection was dropped.
        current = { startAfter: stream.resumeToken };
        await bookmark.save(current);
        savedAt = performance.now();
      }
    }
    return current;
  } finally {
    await stream.close();
  }
}

async function handleChange(
  change: ChangeStreamDocument<Order>,
  handle: FollowOptions['handle'],
): Promise<void> {
  const order = 'fullDocument' in change ? change.fullDocument : undefined;
  // The change of a deletion has no document, so there is nothing to handle.
  if (!order) return;
  const carried = extractFromChange(change, { postImages: true });
  const start = startFrom({ shape: 'parent', carried });
  await inSpan('process orders', { kind: SpanKind.CONSUMER, ...start }, () => handle(order));
}
