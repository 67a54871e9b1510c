import { EventEmitter, once } from 'node:events';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { CONCURRENCY, countTo, PAYLOAD, serveRounds } from './harness.mjs';

const connection = {
  connectionString: process.env.DATABASE_URL,
  logger: new Logger(() => () => {}),
};

serveRounds(async (count) => {
  const utils = await makeWorkerUtils(connection);
  await utils.migrate();
  await utils.addJobs(Array.from({ length: count }, () => ({ identifier: 'order', payload: PAYLOAD })));
  const done = countTo(count);
  const events = new EventEmitter();
  events.on('job:success', done.hit);
  const firstClaim = once(events, 'worker:getJob:start').then(() => performance.now());
  const runner = await run({
    ...connection,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    events,
    taskList: { order: async () => {} },
  });
  const startedAt = await firstClaim;
  await done.all;
  // `job:success` doesn't wait for the write that deletes the job. When another session sees no job, all deletes are committed.
  await utils.withPgClient(async (client) => {
    while ((await client.query('select from graphile_worker.jobs limit 1')).rowCount > 0);
  });
  const ms = performance.now() - startedAt;
  await runner.stop();
  await utils.release();
  return ms;
});
