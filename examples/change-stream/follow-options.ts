import type { Collection } from 'mongodb';
import type { BookmarkKeeper } from './bookmark.ts';
import type { Order } from './database.ts';

export interface FollowOptions {
  orders: Collection<Order>;
  bookmark: BookmarkKeeper;
  /** May run twice for the same version of an order. If it throws, the consumer ends, and its next run starts with that order. */
  handle: (order: Order) => Promise<void>;
  signal: AbortSignal;
}
