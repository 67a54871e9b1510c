import { SpanKind } from '@opentelemetry/api';
import { captureContext, inSpan } from '@beyond-headers/propagation';
import express from 'express';
import { agenda, close, type Receipt } from './agenda.ts';

const app = express();
app.post('/receipts/:orderId', async (request, response) => {
  const { orderId } = request.params;
  await inSpan('send receipt', { kind: SpanKind.PRODUCER }, async () => {
    await agenda.now<Receipt>('receipt', { orderId, context: captureContext() });
  });
  response.status(202).json({ orderId });
});
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log('producer listens:', server.address());
});
process.once('SIGTERM', () => server.close(() => void close()));
