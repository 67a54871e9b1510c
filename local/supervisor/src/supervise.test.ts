import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import type { Part } from './part.ts';
import { startAll, stopAll } from './supervise.ts';

const NEVER = new AbortController().signal;

function recorder() {
  const events: string[] = [];
  const part = (name: string, uses: string[], start?: Part['start']): Part => ({
    name,
    uses,
    pid: () => undefined,
    async start(signal) {
      events.push(`start ${name}`);
      await (start ?? (() => turn()))(signal);
      events.push(`ready ${name}`);
    },
    async stop() {
      events.push(`stop ${name}`);
      await turn();
      events.push(`gone ${name}`);
    },
    restart: async () => {},
    kill: async () => {},
  });
  return { events, part };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
}

async function fail(): Promise<void> {
  throw new Error('no disk');
}

test('parts start after what they use', async () => {
  const { events, part } = recorder();
  await startAll([part('app', ['store', 'queue']), part('queue', ['store']), part('store', [])], NEVER);
  assert.deepEqual(events, [
    'start store',
    'ready store',
    'start queue',
    'ready queue',
    'start app',
    'ready app',
  ]);
});

test('parts start before those that they use and do not await', async () => {
  const { events, part } = recorder();
  const app = { ...part('app', ['store', 'queue']), awaits: ['store'] };
  await startAll([app, part('queue', ['store']), part('store', [])], NEVER);
  assert.deepEqual(events.slice(0, 4), ['start store', 'ready store', 'start queue', 'start app']);
});

test('parts stop before what they use', async () => {
  const { events, part } = recorder();
  await stopAll([part('store', []), part('app', ['store', 'queue']), part('queue', ['store'])]);
  assert.deepEqual(events, ['stop app', 'gone app', 'stop queue', 'gone queue', 'stop store', 'gone store']);
});

test('independent parts start at the same time', async () => {
  const { events, part } = recorder();
  await startAll([part('a', []), part('b', [])], NEVER);
  assert.deepEqual(events.slice(0, 2), ['start a', 'start b']);
});

test('one failure aborts the other starts', async () => {
  const { events, part } = recorder();
  const parts = [part('slow', [], untilAborted), part('bad', [], fail), part('late', ['bad'])];
  await assert.rejects(startAll(parts, NEVER), { message: 'no disk' });
  assert.ok(!events.includes('start late'));
});

test('an absent part is passed over', async () => {
  const { events, part } = recorder();
  await startAll([part('app', ['not-wanted'])], NEVER);
  assert.deepEqual(events, ['start app', 'ready app']);
});

test('a circle of parts is named', async () => {
  const { part } = recorder();
  await assert.rejects(startAll([part('a', ['b']), part('b', ['a'])], NEVER), /a → b → a/);
});

test('a stuck user does not hold others', { timeout: 10_000 }, async () => {
  const { part } = recorder();
  const gone = Promise.withResolvers<void>();
  // `stuck` ends only after `store` is asked to stop, so the test ends only if a stuck part doesn't block the others.
  const stuck = { ...part('stuck', ['store']), stop: () => gone.promise };
  const store = { ...part('store', []), stop: async () => gone.resolve() };
  await stopAll([stuck, store]);
});
