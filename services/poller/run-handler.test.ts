import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { OrderDocument } from '@beyond-headers/contracts';
import { createLogger } from '@beyond-headers/service-kit';
import type { Collection } from 'mongodb';
import { DependencyAway, Unfulfillable, type Handler } from './handler.ts';
import { createOrderQueue, type ClaimedOrder } from './queue/order-queue.ts';
import { afterFailure, noteDependency, Released, runHandlers } from './run-handler.ts';
import { createWorker } from './worker.ts';

const SETTINGS = {
  leaseMs: 30_000,
  maxAttempts: 3,
  retryBaseMs: 1_000,
  retryMaxMs: 60_000,
  pollIntervalMs: 1_000,
  concurrency: 1,
  batchSize: 1,
  stopGraceMs: 5_000,
};
const never = new AbortController().signal;

const orderWith = (attempts: number, _id = `order-${attempts}`) => ({ _id, attempts }) as ClaimedOrder;

/** Creates a worker on a queue that these tests never read. */
function workerFor(handle: Handler = async () => {}) {
  const orders = {} as Collection<OrderDocument>;
  const logger = createLogger('test', 'silent');
  return createWorker(createOrderQueue(orders, SETTINGS), { ...SETTINGS, orders, handle, logger }, never);
}

test('an attempt that fails is retried until the last one', () => {
  const error = new Error('no');
  const ends = [1, 2, 3].map((attempts) => afterFailure(orderWith(attempts), error, workerFor()));
  assert.deepEqual(
    ends.map(({ outcome }) => outcome),
    ['retry', 'retry', 'dead letter'],
  );
  assert.ok(ends[1]!.delayMs >= 1_000 && ends[1]!.delayMs <= 2_000, `${ends[1]!.delayMs} ms`);
  assert.equal(ends[2]!.delayMs, 0);
  assert.ok(ends.every((end) => end.error === error));
});

test('what no attempt can fulfill is a dead letter at once', () => {
  const error = new Unfulfillable('a part failed');
  assert.deepEqual(afterFailure(orderWith(1), error, workerFor()), {
    outcome: 'dead letter',
    delayMs: 0,
    error,
  });
});

test('what is released waits for nothing and keeps no error', () => {
  const end = afterFailure(orderWith(3), new Released('the poller stops'), workerFor());
  assert.deepEqual(end, { outcome: 'released', delayMs: 0 });
});

test('an order whose dependency is away waits for the probe, also at its last attempt', () => {
  const worker = workerFor();
  const order = orderWith(3);
  const error = new DependencyAway('no answer', { retryAfterMs: 7_000 });
  noteDependency({ order, error }, worker);
  assert.equal(worker.circuit.isOpen, true);
  const { outcome, delayMs } = afterFailure(order, error, worker);
  assert.equal(outcome, 'postponed');
  assert.ok(delayMs > 6_000 && delayMs <= 7_000, `${delayMs} ms`);
});

test('the probe that meets the dependency closes the circuit, a released one does not', () => {
  const worker = workerFor();
  const [first, probe] = [orderWith(1), orderWith(2)];
  noteDependency({ order: first, error: new DependencyAway('no answer') }, worker);
  worker.circuit.probeWith(probe._id);
  noteDependency({ order: probe, error: new Released('the poller stops') }, worker);
  assert.equal(worker.circuit.isOpen, true);
  worker.circuit.probeWith(probe._id);
  // An error of the order itself shows that the dependency responded.
  noteDependency({ order: probe, error: new Error('refused for good') }, worker);
  assert.equal(worker.circuit.isOpen, false);
});

test('each order keeps what its handler ended with', async () => {
  const orders = [orderWith(1), orderWith(2), orderWith(3)];
  const worker = workerFor(async ({ attempts }) => {
    if (attempts === 2) throw new TypeError('bad');
    if (attempts === 3) await Promise.reject('a text');
  });
  const handled = await runHandlers(orders, worker, never);
  assert.deepEqual(
    handled.map(({ order, error }) => [order, error?.message]),
    [
      [orders[0], undefined],
      [orders[1], 'bad'],
      [orders[2], 'a text'],
    ],
  );
});

/** Creates a worker whose only slot is taken until the test ends. */
async function busyWorker(t: TestContext, runs: string[]) {
  const blocked = Promise.withResolvers<void>();
  t.after(() => blocked.resolve());
  const worker = workerFor(async ({ _id }) => {
    runs.push(_id);
    await blocked.promise;
  });
  const first = runHandlers([orderWith(1, 'first')], worker, never);
  await new Promise((resolve) => setImmediate(resolve));
  return { worker, unblock: blocked.resolve, first };
}

test('an order claimed ahead too early is given back and never run', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const runs: string[] = [];
  const { worker, unblock, first } = await busyWorker(t, runs);
  const second = runHandlers([orderWith(1, 'second')], worker, never);
  t.mock.timers.tick(1_000);
  const [handled] = await second;
  assert.ok(handled?.error instanceof Released, String(handled?.error));
  unblock();
  await first;
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(runs, ['first']);
});

test('a release waits for no handler, a lost lease does', async (t) => {
  const runs: string[] = [];
  const { worker, unblock, first } = await busyWorker(t, runs);
  const releasing = new AbortController();
  const released = runHandlers([orderWith(1, 'released')], worker, releasing.signal);
  releasing.abort(new Released('the poller stops'));
  assert.ok((await released)[0]?.error instanceof Released);

  const losing = new AbortController();
  let hasEnded = false;
  const lost = runHandlers([orderWith(1, 'lost')], worker, losing.signal);
  void lost.then(() => (hasEnded = true));
  losing.abort(new Error('another poller has it'));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(hasEnded, false, 'its place in the line is not given away');
  unblock();
  assert.match(String((await lost)[0]?.error), /another poller has it/);
  await first;
  assert.deepEqual(runs, ['first']);
});
