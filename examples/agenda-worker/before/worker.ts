import { backoffStrategies } from 'agenda';
import { agenda, close, database, type Receipt } from './agenda.ts';

const receipts = database.collection('receipts');

async function sendReceipt({ orderId }: Receipt): Promise<void> {
  await receipts.insertOne({ orderId, sentAt: new Date() });
}

agenda.define<Receipt>('receipt', ({ attrs }) => sendReceipt(attrs.data), {
  backoff: backoffStrategies.constant({ delay: 500, maxRetries: 3 }),
});
await agenda.start();
// For each job, agenda sets a timer of half the lock's lifetime. Without the exit, it would keep the process alive for five minutes.
process.once('SIGTERM', () => void close().finally(() => process.exit()));
console.log('worker waits for jobs');
