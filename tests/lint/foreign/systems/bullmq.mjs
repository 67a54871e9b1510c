import { FlowProducer, Queue, Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { caseName, countTo, inSpan, play, request } from './harness.mjs';

const options = {
  connection: { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null },
  prefix: caseName,
  skipStalledCheck: true,
  telemetry: new BullMQOtel({}),
};
const untraced = { ...options, telemetry: undefined };
const handle = async ({ name }) => inSpan(`handle ${name}`, async () => {});
const handleSecond = async (job) => {
  if (job.attemptsMade === 0) throw new Error('no stock');
  await handle(job);
};

/** Works on a queue until `jobs` jobs are completed. */
async function work({ ready }, queue, jobs, { handler = handle, ...more } = {}) {
  const done = countTo(jobs);
  const worker = new Worker(queue, handler, { ...options, ...more });
  worker.on('completed', done.hit);
  await worker.waitUntilReady();
  ready();
  await done.all;
  await worker.close();
}

/** Starts two workers in one process, which is ready when both are. */
function shared({ ready }, works) {
  const both = countTo(2);
  void both.all.then(ready);
  return works({ ready: both.hit });
}

const flow = (opts) => ({
  name: 'whole',
  queueName: 'wholes',
  ...opts,
  children: [
    { name: 'part', queueName: 'parts', ...opts },
    { name: 'part', queueName: 'parts', ...opts },
  ],
});

const playFlow = (opts) => ({
  worker: (role) => Promise.all(shared(role, (one) => [work(one, 'parts', 2), work(one, 'wholes', 1)])),
  shop: async () => {
    const flows = new FlowProducer(options);
    await request('/wholes', () => flows.add(flow(opts)));
    await flows.close();
  },
});

const add = async (...jobs) => {
  const queue = new Queue('orders', options);
  for (const [data, opts] of jobs) await request('/orders', () => queue.add('order', data, opts));
  await queue.close();
};

await play({
  single: { worker: (role) => work(role, 'orders', 1), shop: () => add([{}]) },
  'no-context': {
    worker: (role) => work(role, 'orders', 1),
    shop: () => add([{}, { telemetry: { omitContext: true } }]),
  },
  bulk: {
    worker: (role) => work(role, 'orders', 5),
    shop: async () => {
      const queue = new Queue('orders', options);
      await request('/orders', () =>
        queue.addBulk(Array.from({ length: 5 }, () => ({ name: 'order', data: {} }))),
      );
      await queue.close();
    },
  },
  delayed: { worker: (role) => work(role, 'orders', 1), shop: () => add([{}, { delay: 700 }]) },
  retried: {
    worker: (role) => work(role, 'orders', 1, { handler: handleSecond }),
    shop: () => add([{}, { attempts: 2 }]),
  },
  flow: playFlow({ opts: {} }),
  'flow-without-opts': playFlow({}),
  scheduler: {
    worker: (role) => work(role, 'reports', 12),
    shop: async () => {
      const queue = new Queue('reports', options);
      await request('/schedules', () =>
        queue.upsertJobScheduler('nightly', { every: 100 }, { name: 'report' }),
      );
      await queue.close();
    },
  },
  // A wrapper that reuses the options of the first job, including its context, for all later jobs.
  'cached-options': {
    worker: (role) => work(role, 'orders', 12),
    shop: async () => {
      const queue = new Queue('orders', options);
      const raw = new Queue('orders', untraced);
      const { opts } = await request('/orders', () => queue.add('order', {}));
      for (let sent = 1; sent < 12; sent++) {
        await request('/orders', () => raw.add('order', {}, { telemetry: opts.telemetry }));
      }
      await Promise.all([queue.close(), raw.close()]);
    },
  },
  // Only one of the two workers has the telemetry object.
  'half-traced': {
    worker: (role) =>
      Promise.all(
        shared(role, (one) => [work(one, 'orders', 1), work(one, 'mails', 1, { telemetry: undefined })]),
      ),
    shop: async () => {
      const queues = ['orders', 'mails'].map((name) => new Queue(name, options));
      await request('/orders', () =>
        Promise.all(queues.map((queue) => queue.add(queue.name.slice(0, -1), {}))),
      );
      await Promise.all(queues.map((queue) => queue.close()));
    },
  },
});
