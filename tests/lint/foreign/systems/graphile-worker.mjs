import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import {
  caseName,
  consume,
  context,
  contextOf,
  countTo,
  inSpan,
  play,
  request,
  send,
  service,
} from './harness.mjs';

const queue = { system: 'graphile-worker', destination: 'reports' };
/** `north` for `north-shop`, in the case in which two tenants have separate tables. */
const [tenant] = service?.match(/^(north|south)/) ?? ['one'];
const connection = {
  connectionString: process.env.DATABASE_URL,
  schema: `graphile_${caseName.replaceAll('-', '_')}_${tenant}`,
  logger: new Logger(() => () => {}),
};

/** Adds each job in its own request. `contextFor` returns the context that the payload carries. */
const shop =
  (contextFor, specs = [{}]) =>
  async () => {
    const utils = await makeWorkerUtils(connection);
    await utils.migrate();
    for (const spec of specs) {
      await request('/reports', () =>
        send(
          queue,
          async (carrier) => (await utils.addJob('reports', { context: contextFor(carrier) }, spec)).id,
        ),
      );
    }
    await utils.release();
  };

const worker =
  (jobs, parentOf, { work = async () => {}, start = (begin) => begin() } = {}) =>
  async () => {
    const done = countTo(jobs);
    const runner = await start(() =>
      run({
        ...connection,
        pollInterval: 100,
        noHandleSignals: true,
        taskList: {
          reports: ({ context: carrier }, { job }) =>
            consume({ ...queue, id: job.id, parent: parentOf(carrier) }, () =>
              inSpan('write report', () => work(job)),
            ),
        },
      }),
    );
    runner.events.on('job:success', done.hit);
    await done.all;
    await runner.stop();
  };

const all = (carrier) => carrier;

await play({
  traced: { shop: shop(all), worker: worker(1, contextOf) },
  'nothing-carried': { shop: shop(() => undefined), worker: worker(1, contextOf) },
  retried: {
    shop: shop(all),
    worker: worker(1, contextOf, {
      work: async ({ attempts }) => {
        if (attempts === 1) throw new Error('no data');
      },
    }),
  },
  // The second job with the key replaces the payload of the first, including the context, and keeps its id.
  'replaced-by-key': {
    shop: shop(all, [{ jobKey: 'nightly', runAt: new Date(Date.now() + 60_000) }, { jobKey: 'nightly' }]),
    worker: worker(1, contextOf),
  },
  // Ids count from 1 in each schema, so both jobs have the same id.
  'two-tenants': {
    'north-shop': shop(all),
    'north-worker': worker(1, contextOf),
    'south-shop': shop(all),
    'south-worker': worker(1, contextOf),
  },
  'started-in-a-span': {
    shop: shop(all),
    worker: worker(1, () => context.active(), { start: (begin) => inSpan('start worker', begin) }),
  },
});
