import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { CONCURRENCY, insertEvenly, PAYLOAD, serve } from './harness.mjs';

const connection = { connectionString: process.env.DATABASE_URL, logger: new Logger(() => () => {}) };

serve(async (count) => {
  const utils = await makeWorkerUtils(connection);
  await utils.migrate();
  let evenly;
  const taskList = { order: async ({ key }) => evenly.started(key) };
  const runner = await run({ ...connection, concurrency: CONCURRENCY, noHandleSignals: true, taskList });
  evenly = insertEvenly(count, (key) => utils.addJob('order', { ...PAYLOAD, key }));
  const times = await evenly.times;
  await runner.stop();
  await utils.release();
  return times;
});
