import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createLogger } from '@beyond-headers/service-kit';
import { startHeartbeat } from './heartbeat.ts';

const LEASE_MS = 3_000;
const logger = createLogger('test', 'silent');

/** Starts a heartbeat on a clock that only the test moves. Each beat gets the next of `answers`, and then always the last one. */
function heartbeatWith(t: TestContext, answers: Array<boolean | Error>) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const counts = { beats: 0, lost: 0 };
  const renew = async () => {
    const answer = answers[Math.min(counts.beats++, answers.length - 1)]!;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const end = startHeartbeat({ leaseMs: LEASE_MS, renew, onLost: () => void counts.lost++, logger });
  const pass = async (ms: number) => {
    t.mock.timers.tick(ms);
    // A beat leads only to promises, which settle before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    return counts.beats;
  };
  return { counts, end, pass };
}

test('the first beat comes soon, then three a lease', async (t) => {
  const { counts, pass } = heartbeatWith(t, [true]);
  assert.equal(await pass(199), 0);
  assert.equal(await pass(1), 1);
  assert.equal(await pass(LEASE_MS / 3 - 1), 1);
  assert.equal(await pass(1), 2);
  assert.equal(counts.lost, 0);
});

test('a beat that fails loses nothing and is repeated soon', async (t) => {
  const { counts, pass } = heartbeatWith(t, [new Error('away'), new Error('away'), true]);
  await pass(200);
  assert.equal(await pass(500), 2);
  assert.equal(await pass(500), 3);
  assert.equal(await pass(500), 3, 'it is held: the next one takes its time');
  assert.equal(counts.lost, 0);
});

test('a lease of another claim is lost once, and beats end', async (t) => {
  const { counts, pass } = heartbeatWith(t, [true, false]);
  await pass(200);
  await pass(LEASE_MS / 3);
  assert.deepEqual(counts, { beats: 2, lost: 1 });
  await pass(10 * LEASE_MS);
  assert.deepEqual(counts, { beats: 2, lost: 1 });
});

test('after its end nothing beats and nothing is lost', async (t) => {
  const { counts, end, pass } = heartbeatWith(t, [false]);
  t.mock.timers.tick(200);
  end();
  await pass(10 * LEASE_MS);
  assert.deepEqual(counts, { beats: 1, lost: 0 });
});

test('a short lease has its first beat in time', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  let beats = 0;
  const renew = async () => ++beats > 0;
  const end = startHeartbeat({ leaseMs: 90, renew, onLost: () => {}, logger });
  t.mock.timers.tick(30);
  assert.equal(beats, 1);
  end();
});
