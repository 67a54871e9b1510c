import { SpanKind } from '@opentelemetry/api';
import { inSpan } from '@beyond-headers/propagation';
import express from 'express';
import { client, keepPostImages, stampedOrders } from './database.ts';

await keepPostImages();
const app = express();
app.put('/orders/:orderId/:total', async (request, response) => {
  const { orderId, total } = request.params;
  const update = { $set: { total: Number(total) }, $inc: { version: 1 } };
  await inSpan('send orders', { kind: SpanKind.PRODUCER }, () =>
    stampedOrders.updateOne({ _id: orderId }, update, { upsert: true }),
  );
  response.status(202).json({ orderId });
});
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log('producer listens:', server.address());
});
process.once('SIGTERM', () => server.close(() => void client.close()));
