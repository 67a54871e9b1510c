import type { DocumentContext } from '@beyond-headers/propagation';
import { stamped } from '@beyond-headers/propagation/mongodb';
import { MongoClient } from 'mongodb';
import type { Bookmark } from './bookmark.ts';

export interface Order {
  _id: string;
  total: number;
  /** The number of writes. */
  version: number;
  /** The context of the last write. */
  context?: DocumentContext | undefined;
}

export interface Receipt {
  _id: string;
  orderId: string;
  total: number;
  context?: DocumentContext | undefined;
}

export const client = new MongoClient(process.env['MONGODB_URI'] ?? 'mongodb://127.0.0.1:27017', {
  ignoreUndefined: true,
});
const db = client.db('change_stream_example');

/** Use this collection for reads. */
export const orders = db.collection<Order>('orders');
/** Use this collection for writes: each one stores the context of its span. */
export const stampedOrders = stamped(orders);
export const receipts = db.collection<Receipt>('receipts');
export const bookmarks = db.collection<Bookmark>('bookmarks');

const NAMESPACE_EXISTS = 48;

/** Makes the server keep each order as it was after each write, so that a change includes that version instead of the current one. */
export async function keepPostImages(): Promise<void> {
  await db.createCollection('orders').catch((error: { code?: number }) => {
    if (error.code !== NAMESPACE_EXISTS) throw error;
  });
  await db.command({ collMod: 'orders', changeStreamPreAndPostImages: { enabled: true } });
}
