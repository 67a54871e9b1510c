import { captureContext } from '@beyond-headers/propagation';
import { BookmarkKeeper } from './bookmark.ts';
import { bookmarks, client, keepPostImages, orders, receipts, type Order } from './database.ts';
import { follow } from './follow.ts';

/** Idempotent: has the same effect for a version of an order, however often it runs. */
async function sendReceipt({ _id: orderId, version, total }: Order): Promise<void> {
  const receipt = { orderId, total, context: captureContext() };
  await receipts.updateOne(
    { _id: `${orderId}, version ${version}` },
    { $setOnInsert: receipt },
    { upsert: true },
  );
}

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
await keepPostImages();
console.log('consumer follows the orders');
const bookmark = new BookmarkKeeper(bookmarks, 'receipts');
await follow({ orders, bookmark, handle: sendReceipt, signal: stop.signal });
await client.close();
