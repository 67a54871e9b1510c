import { Queue, Worker } from 'bullmq';
import { CONCURRENCY, countTo, PAYLOAD, serveRounds } from './harness.mjs';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
let round = 0;

serveRounds(async (count) => {
  const name = `orders-${round++}`;
  const queue = new Queue(name, { connection });
  await queue.addBulk(Array.from({ length: count }, () => ({ name: 'order', data: PAYLOAD })));
  const worker = new Worker(name, async () => {}, { connection, concurrency: CONCURRENCY, autorun: false });
  await worker.waitUntilReady();
  const done = countTo(count);
  // BullMQ emits this event after the response to the write that completes a job.
  worker.on('completed', done.hit);
  const startedAt = performance.now();
  const ended = worker.run();
  await done.all;
  const ms = performance.now() - startedAt;
  await worker.close();
  await ended;
  const completed = await queue.getCompletedCount();
  if (completed !== count) throw new Error(`BullMQ completed ${completed} of ${count} jobs.`);
  await queue.obliterate({ force: true });
  await queue.close();
  return ms;
});
