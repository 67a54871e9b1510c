import { backoffStrategies } from 'agenda';
import { agenda, database, type Receipt } from './agenda.ts';

const receipts = database.collection('receipts');

async function sendReceipt({ orderId }: Receipt): Promise<void> {
  await receipts.insertOne({ orderId, sentAt: new Date() });
}

agenda.define<Receipt>('receipt', ({ attrs }) => sendReceipt(attrs.data), {
  backoff: backoffStrategies.constant({ delay: 500, maxRetries: 3 }),
});
await agenda.start();
console.log('worker waits for jobs');
