import express from 'express';
import { agenda, close, type Receipt } from './agenda.ts';

const app = express();
app.post('/receipts/:orderId', async (request, response) => {
  const { orderId } = request.params;
  await agenda.now<Receipt>('receipt', { orderId });
  response.status(202).json({ orderId });
});
const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', () => {
  console.log('producer listens:', server.address());
});
process.once('SIGTERM', () => server.close(() => void close()));
