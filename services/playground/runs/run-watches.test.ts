import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as immediate } from 'node:timers/promises';
import { parseOtlp, type Span } from '@beyond-headers/traces';
import { RUN, sourcesWith } from '../testing/read-run.ts';
import type { RunUpdate } from '../view/types.ts';
import { toOtlp } from './click-span.ts';
import { RunWatches, type Listener } from './run-watches.ts';
import { DEFAULT_SETTINGS } from '../view/settings.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, customer: 'ada', document: 'off' } as const;

/** Returns a click's span as the trace store returns it, `agoMs` before now. */
function clickSpan(agoMs = 60_000, spanId = 'b'.repeat(16)): Span {
  const at = Date.now() - agoMs;
  const otlp = toOtlp({
    traceparent: `00-${RUN}-${spanId}-01`,
    clickedAtMs: at,
    endedAtMs: at + 5,
    settings: SETTINGS,
  });
  const [span] = parseOtlp(otlp);
  assert.ok(span);
  return span;
}

function sourcesOf(trace: (traceId: string) => Span[]) {
  const sources = {
    reads: 0,
    ...sourcesWith({
      trace: async (traceId) => {
        sources.reads++;
        return trace(traceId);
      },
    }),
  };
  return sources;
}

const runIdOf = (number: number) => number.toString(16).padStart(32, 'd');

/** Collects updates until the run is settled. */
function follow(watches: RunWatches, lastEventId?: string) {
  const updates: RunUpdate[] = [];
  const ids: string[] = [];
  const { promise: settled, resolve } = Promise.withResolvers<void>();
  const listener: Listener = (update, id) => {
    updates.push(update);
    ids.push(id);
    if (update.state.settled) resolve();
  };
  const stop = watches.subscribe(RUN, listener, lastEventId) ?? assert.fail('too many runs');
  return { updates, ids, settled, stop };
}

test('settings and spans come back from the trace alone', async () => {
  const { updates, settled } = follow(new RunWatches(sourcesOf((id) => (id === RUN ? [clickSpan()] : []))));
  await settled;
  assert.deepEqual(updates.at(-1)?.state.settings, SETTINGS);
  assert.deepEqual(
    updates.flatMap(({ spans }) => spans.map(({ name }) => name)),
    ['click Run'],
  );
});

test('many pages of one run are one reader', async () => {
  const sources = sourcesOf(() => [clickSpan()]);
  const watches = new RunWatches(sources);
  await Promise.all(Array.from({ length: 50 }, () => follow(watches).settled));
  assert.ok(sources.reads < 5, `${sources.reads} reads for 50 pages`);
});

test('a page that comes back gets what it missed', async () => {
  const watches = new RunWatches(sourcesOf(() => [clickSpan()]));
  const first = follow(watches);
  await first.settled;
  const same = follow(watches, first.ids.at(-1));
  assert.deepEqual([same.updates[0]?.reset, same.updates[0]?.spans.length], [false, 0]);
  const fromElsewhere = follow(watches, 'other-1');
  assert.deepEqual([fromElsewhere.updates[0]?.reset, fromElsewhere.updates[0]?.spans.length], [true, 1]);
  await Promise.all([same.settled, fromElsewhere.settled]);
});

test('nothing is read when the last page has gone', async () => {
  const sources = sourcesOf(() => [clickSpan(-60_000)]);
  const { stop, updates } = follow(new RunWatches(sources));
  while (updates.length < 2) await immediate();
  stop();
  // The timer of the next read would keep the process alive.
  while (process.getActiveResourcesInfo().includes('Timeout')) await immediate();
  assert.ok(sources.reads < 5, `${sources.reads} reads`);
});

test('a source that is away is reported and does not end the run', async () => {
  let isAway = true;
  const sources = sourcesOf(() => {
    if (isAway) throw new Error('The trace store does not answer.');
    return [clickSpan()];
  });
  const { updates, settled } = follow(new RunWatches(sources));
  while (!updates.at(-1)?.state.problem) await immediate();
  isAway = false;
  await settled;
  assert.equal(updates.at(-1)?.state.problem, undefined);
});

test('a run that others have pushed out is read again', async () => {
  const watches = new RunWatches(sourcesOf(() => [clickSpan()]));
  const first = follow(watches);
  await first.settled;
  first.stop();
  for (let other = 0; other < 20; other++) watches.subscribe(runIdOf(other), () => {})?.();
  const again = follow(watches, first.ids.at(-1));
  assert.equal(again.updates[0]?.reset, true, 'its events are no longer known');
  await again.settled;
});

test('a new run is refused while too many others are watched', () => {
  const watches = new RunWatches(sourcesOf(() => []));
  const subscribe = (number: number) => watches.subscribe(runIdOf(number), () => {});
  const unsubscribe = Array.from({ length: 60 }, (_, number) => subscribe(number));
  assert.equal(subscribe(60), undefined);
  assert.ok(subscribe(0), 'a run that is watched already');
  watches.close();
  assert.ok(subscribe(60), 'there is room again');
  watches.close();
  assert.ok(unsubscribe.every(Boolean));
});
