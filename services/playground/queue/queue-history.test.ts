import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { serve } from '../testing/serve.ts';
import { QueueHistory, toSample, type PollerStatus } from './queue-history.ts';

const counts = {
  pending: 3,
  processing: 2,
  held: 1,
  waiting: 4,
  fulfilled: 100,
  failed: 5,
  rejected: 0,
  cancelled: 0,
};
const STATUS: PollerStatus = { paused: false, oldestAgeMs: 70, counts, lastMinute: { p50Ms: 8, p99Ms: 90 } };

test('a sample has what waits, what is parked and how long orders take', () => {
  assert.deepEqual(toSample(STATUS, 1_000), {
    atMs: 1_000,
    pending: 3,
    processing: 2,
    parked: 5,
    failed: 5,
    oldestAgeMs: 70,
    p50Ms: 8,
    p99Ms: 90,
    isPaused: false,
  });
});

test('orders a second are those since the sample before', () => {
  const before = toSample(STATUS, 1_000);
  assert.equal(toSample(STATUS, 3_000, before, 90).perSecond, 5);
  assert.equal(toSample(STATUS, 3_000, before, 500).perSecond, 0, 'some were deleted');
  assert.equal(toSample(STATUS, 60_000, before, 90).perSecond, undefined, 'no one looked for a minute');
});

async function poller(t: TestContext) {
  let [asked, answer] = [0, 200];
  const url = await serve(t, (_request, response) => {
    asked++;
    response.writeHead(answer).end(JSON.stringify(STATUS));
  });
  return { url, asked: () => asked, setAnswer: (status: number) => (answer = status) };
}

test('however many pages look, the poller is asked once a second', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const { url, asked } = await poller(t);
  const history = new QueueHistory(url);
  const [first, second] = await Promise.all([history.read(0), history.read(0)]);
  assert.deepEqual([asked(), first.length, second.length], [1, 1, 1]);
  t.mock.timers.tick(500);
  assert.equal((await history.read(0)).length, 1);
  t.mock.timers.tick(500);
  assert.deepEqual(
    (await history.read(1_000_000)).map(({ atMs }) => atMs),
    [1_001_000],
    'only what is new',
  );
  assert.equal(asked(), 2);
});

test('the history has an end', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const { url } = await poller(t);
  const history = new QueueHistory(url);
  for (let count = 0; count < 605; count++) {
    t.mock.timers.tick(1_000);
    await history.read(0);
  }
  assert.equal((await history.read(0)).length, 600);
});

test('a poller that fails is named, and asked again', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const { url, setAnswer } = await poller(t);
  const history = new QueueHistory(url);
  setAnswer(503);
  await assert.rejects(history.read(0), /The poller answered 503/);
  setAnswer(200);
  assert.equal((await history.read(0)).length, 1);
});
