import { setTimeout as delay } from 'node:timers/promises';
import { client, messages, receipts } from './database.ts';
import { receive } from './queue.ts';

const POLL_INTERVAL_MS = 500;

async function sendReceipt(orderId: string): Promise<void> {
  await receipts.insertOne({ orderId, sentAt: new Date() });
}

const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
console.log('worker waits for messages');
while (!stop.signal.aborted) {
  if (!(await receive(messages, sendReceipt))) await delay(POLL_INTERVAL_MS);
}
await client.close();
