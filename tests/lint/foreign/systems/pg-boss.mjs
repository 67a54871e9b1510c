import { PgBoss } from 'pg-boss';
import { caseName, context, countTo, inSpan, play, propagation, request, until } from './harness.mjs';

async function connect(openTelemetry = { propagateContext: true }) {
  const boss = new PgBoss({
    connectionString: process.env.DATABASE_URL,
    schema: `boss_${caseName.replaceAll('-', '_')}`,
    supervise: false,
    schedule: false,
    openTelemetry,
  });
  boss.on('error', (error) => console.error(String(error)));
  await boss.start();
  return boss;
}

/** Sends each job in its own request. It runs before the worker, so that a batch contains all jobs. */
const sender = (sends, openTelemetry) => async () => {
  const boss = await connect(openTelemetry);
  await boss.createQueue('orders', { retryLimit: 2, retryDelay: 0 });
  for (const one of sends) await request('/orders', () => one(boss));
};

const one = (boss) => boss.send('orders', { order: 1 });

const worker =
  (jobs, { openTelemetry, handler = async () => {}, ...options } = {}) =>
  async () => {
    const boss = await connect(openTelemetry);
    const done = countTo(jobs);
    await boss.work('orders', { pollingIntervalSeconds: 0.5, ...options }, async (batch) => {
      await inSpan('handle order', () => handler(batch));
      batch.forEach(done.hit);
    });
    await done.all;
    // Waits for running jobs, so that the span of the last job ends, too.
    await boss.stop({ graceful: true, timeout: 10_000 });
  };

/** Returns options with a custom propagator whose `inject` contains a mistake. */
const mistaken = (inject) => ({
  propagateContext: true,
  propagator: {
    inject,
    extract: (...args) => propagation.extract(...args),
    fields: () => propagation.fields(),
  },
});

let kept;
const keepsTheFirst = mistaken((ctx, carrier, setter) => {
  if (!kept) propagation.inject(ctx, (kept = {}), setter);
  Object.assign(carrier, kept);
});
const injectsTheRequest = mistaken((_ctx, carrier, setter) =>
  propagation.inject(context.active(), carrier, setter),
);
const off = { propagateContext: false };

await play({
  single: { shop: sender([one]), worker: worker(1) },
  'propagate-off': { shop: sender([one], off), worker: worker(1, { openTelemetry: off }) },
  batch: { shop: sender([one, one, one]), worker: worker(3, { batchSize: 3 }) },
  'batch-propagate-off': {
    shop: sender([one, one, one], off),
    worker: worker(3, { batchSize: 3, openTelemetry: off }),
  },
  insert: {
    shop: sender([
      (boss) =>
        boss.insert(
          'orders',
          Array.from({ length: 12 }, (_, order) => ({ data: { order } })),
        ),
    ]),
    worker: worker(12, { batchSize: 1, pollingIntervalSeconds: 0.5 }),
  },
  retried: {
    shop: sender([one]),
    worker: worker(1, {
      includeMetadata: true,
      handler: async ([{ retryCount }]) => {
        if (retryCount === 0) throw new Error('no stock');
      },
    }),
  },
  // The second upsert replaces the data of the waiting job, but not its context. No span shows that.
  upsert: {
    shop: sender(
      [1, 2].map(
        (order) => (boss) => boss.upsert('orders', { order }, { singletonKey: 'one', startAfter: 1 }),
      ),
    ),
    worker: worker(1),
  },
  // The second send creates no job, so its span has no message id.
  singleton: {
    shop: sender(
      [1, 2].map(() => (boss) => boss.send('orders', {}, { singletonKey: 'one', singletonSeconds: 60 })),
    ),
    worker: worker(1),
  },
  fetch: {
    shop: sender([one]),
    worker: async () => {
      const boss = await connect();
      const [job] = await until(async () => {
        const jobs = await boss.fetch('orders');
        return jobs.length > 0 && jobs;
      });
      await boss.complete('orders', job.id);
    },
  },
  'first-context-kept': { shop: sender([one, one], keepsTheFirst), worker: worker(2, { batchSize: 1 }) },
  'context-of-the-request': { shop: sender([one], injectsTheRequest), worker: worker(1) },
  'publish-to-two': {
    shop: async () => {
      const boss = await connect();
      await boss.createQueue('orders');
      await boss.createQueue('mails');
      await boss.subscribe('ordered', 'orders');
      await boss.subscribe('ordered', 'mails');
      await request('/orders', () => boss.publish('ordered', {}));
    },
    worker: worker(1),
    mailer: async () => {
      const boss = await connect();
      const done = countTo(1);
      await boss.work('mails', { pollingIntervalSeconds: 0.5 }, async () => done.hit());
      await done.all;
      await boss.stop({ graceful: true, timeout: 10_000 });
    },
  },
});
