import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, afterEach, test } from 'node:test';
import type { DeadLetter, DeadLetterPage, RequeuedOrder } from '@beyond-headers/contracts';
import { startMongod } from '@beyond-headers/local-mongod';
import { createLogger } from '@beyond-headers/service-kit';
import request from 'supertest';
import { createPollerApp } from '../../services/poller/app.ts';
import { runQueueCommand } from '../../services/poller/cli/queue-command.ts';
import { pauseCalls } from '../../services/poller/demo/pause.ts';
import type { Poller } from '../../services/poller/poller.ts';
import { readAttempts, readSpan } from './support/read-spans.ts';
import { documents, startQueueTest } from './support/queue.ts';

const CLI = join(import.meta.dirname, '../../services/poller/cli/main.ts');

const system = await startQueueTest('queue_dead_letters', await startMongod({ testCommands: true }));
process.env['MONGODB_URI'] = system.uri;
process.env['MONGODB_DATABASE'] = system.database;
after(() => system.stop());
afterEach(() => system.clear());

/** Starts a poller that fails while `isBroken` is true, and returns it with its HTTP API. */
function failingPoller() {
  const state = { isBroken: true };
  const poller = system.poller(async () => {
    if (state.isBroken) throw new Error('out of tea');
  });
  return { state, poller, app: appOf(poller) };
}

const appOf = (poller: Poller) =>
  createPollerApp({
    poller,
    extra: pauseCalls(poller.loop),
    logger: createLogger('test', 'silent'),
    ping: async () => {},
  });

async function runCommand(...argv: string[]): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const write = (line: unknown) => void lines.push(String(line));
  const code = await runQueueCommand(argv, { log: write, error: write });
  return { code, text: lines.join('\n') };
}

test('each dead letter is one line, whatever its error and its id say', async () => {
  const { _id } = await system.place();
  const error = 'boom\nsecond line\u001b[2J';
  await system.orders.updateOne({ _id }, { $set: { status: 'failed', error } });
  const { code, text } = await runCommand('list');
  assert.equal(code, 0);
  assert.match(text, /^\S+ .*boom·second line·\[2J$/);
});

test('a database that cannot be used is named without its password', async (t) => {
  t.after(() => (process.env['MONGODB_URI'] = system.uri));
  process.env['MONGODB_URI'] = 'mongodb://u:s3cret@127.0.0.1:1/?noSuchOption=1';
  assert.deepEqual(await runCommand('list'), {
    code: 1,
    text:
      'Failed to use the MongoDB of MONGODB_URI, mongodb://…@127.0.0.1:1/?noSuchOption=1: option nosuchoption is not supported. ' +
      'Start it, or correct MONGODB_URI.',
  });
});

test('a database that refuses the user is named by its variable', async () => {
  const env = { ...process.env, MONGODB_URI: system.uri.replace('//', '//me:hunter2@') };
  const child = spawn(process.execPath, [CLI, 'list'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stderr] = await Promise.all([text(child.stderr), text(child.stdout), once(child, 'close')]);
  assert.match(
    stderr,
    /^Failed to use the MongoDB of MONGODB_URI, mongodb:\/\/…@\S+: Authentication failed\. Start it, or correct MONGODB_URI\.\n$/,
  );
  assert.equal(child.exitCode, 1);
});

test('all are requeued, even if no one reads of it', async () => {
  await system.orders.insertMany(documents(3, 'failed'));
  const env = { ...process.env, OTEL_SDK_DISABLED: 'true' };
  const child = spawn(process.execPath, [CLI, 'retry', '--all'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  const [stderr] = await Promise.all([text(child.stderr), once(child, 'close')]);
  assert.deepEqual([stderr, child.exitCode], ['', 0]);
  assert.equal(await system.orders.countDocuments({ status: 'failed' }), 0);
});

test('a user without the right to delete learns what is missing', async () => {
  await system.orders.insertMany(documents(1, 'failed'));
  const data = { failCommands: ['delete'], errorCode: 13 };
  await system.db.admin().command({ configureFailPoint: 'failCommand', mode: { times: 1 }, data });
  const { code, text } = await runCommand('purge', '--all');
  assert.equal(code, 1);
  assert.match(text, /^The user of MONGODB_URI may not purge dead letters\. Set MONGODB_URI .*$/);
  assert.equal(await system.orders.countDocuments({ status: 'failed' }), 1);
});

test('the status is there before the indexes are', async () => {
  const poller = system.poller(async () => {});
  await poller.loop.pause();
  await system.place();
  await system.orders.dropIndexes();
  const app = createPollerApp({ poller, logger: createLogger('test', 'silent'), ping: async () => {} });
  const { body } = await request(app).get('/status').expect(200);
  assert.equal(body.counts.pending, 1);
});

test('a dead letter is shown with its carrier and history', async () => {
  const { app } = failingPoller();
  const { _id, context } = await system.place();
  await system.reaches(_id, 'failed');
  const page = (await request(app).get('/dead-letters').expect(200)).body as DeadLetterPage;
  assert.deepEqual(
    page.deadLetters.map(({ orderId }) => orderId),
    [_id],
  );
  const one = (await request(app).get(`/dead-letters/${_id}`).expect(200)).body as DeadLetter;
  assert.deepEqual(one.context, context);
  assert.equal(one.history.length, 3);
});

test('a requeued order is fulfilled in a new trace that links back', async () => {
  const { app, state } = failingPoller();
  const { _id, traceIds } = await system.place();
  await system.reaches(_id, 'failed');
  state.isBroken = false;
  const answer = await request(app).post(`/dead-letters/${_id}/retry`).expect(202);
  const { traceId } = answer.body as Required<RequeuedOrder>;
  const order = await system.reaches(_id, 'fulfilled');
  assert.deepEqual(order.traceIds, [...traceIds, traceId]);
  assert.equal(order.attempts, 1);
  const [process] = await readAttempts(traceId, 1);
  const requeue = await readSpan(traceId, 'requeue orders');
  assert.equal(process?.parentSpanId, requeue?.spanId);
  assert.deepEqual(new Set(requeue?.links.map((link) => link.traceId)), new Set(traceIds));
  assert.equal(requeue?.links.length, 2);
});

test('an unknown dead letter is not found', async () => {
  const { app } = failingPoller();
  await request(app).get('/dead-letters/6740e1c2a5f3b1d2c3e4f506').expect(404);
  await request(app).post('/dead-letters/nonsense/retry').expect(404);
});

test('status counts, and reports how orders are found', async () => {
  const { app } = failingPoller();
  const { _id } = await system.place();
  await system.reaches(_id, 'failed');
  const { body } = await request(app).get('/status').expect(200);
  assert.deepEqual(body.counts, {
    pending: 0,
    processing: 0,
    held: 0,
    waiting: 0,
    fulfilled: 0,
    failed: 1,
    rejected: 0,
    cancelled: 0,
  });
  assert.equal(body.wakeUp, 'polling');
});

test('a paused poller claims nothing until it is resumed', async () => {
  const { app, state } = failingPoller();
  state.isBroken = false;
  await request(app).post('/pause').expect(204);
  const { _id } = await system.place();
  assert.equal((await request(app).get('/status')).body.paused, true);
  assert.equal((await system.orders.findOne({ _id }))?.status, 'pending');
  await request(app).post('/resume').expect(204);
  await system.reaches(_id, 'fulfilled');
});

test('the command lists, dry-runs, requeues and purges', async () => {
  const { poller } = failingPoller();
  const [one, two] = [await system.place(), await system.place()];
  await system.reaches(one._id, 'failed');
  await system.reaches(two._id, 'failed');
  await poller.stop();
  assert.match((await runCommand('list')).text, new RegExp(`${one._id}.*out of tea`));
  assert.match((await runCommand('purge', '--all', '--dry-run')).text, /Would purge 2 dead letters/);
  assert.equal(await system.orders.countDocuments({ status: 'failed' }), 2);
  assert.match((await runCommand('retry', one._id)).text, /waits again, trace [0-9a-f]{32}/);
  assert.equal((await system.orders.findOne({ _id: one._id }))?.status, 'pending');
  assert.match((await runCommand('purge', '--all')).text, /Deleted 1 dead letter\./);
  assert.deepEqual(await runCommand('list'), { code: 0, text: 'There is no dead letter.' });
  assert.equal((await runCommand('retry', 'unknown')).code, 1);
  assert.equal((await runCommand('purge')).code, 2);
});
