import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { A, at, found, message } from '../../testing/lint.ts';

const producer = (attributes: Attributes) =>
  at(A, '1', undefined, 'shop PRODUCER send parcels', { atMs: [0, 5], attributes });
/** Returns a span with which `mail` processes a message, below the producer's. */
const taken = (id: number, atMs: [start: number, end: number], attributes: Attributes) =>
  at(A, `${id}`, '1', 'mail CONSUMER process parcels', { atMs, attributes });

const add = { ...producer(message('run-1')), name: 'add parcels' };

test('one context for the runs of a schedule is found once', () => {
  const runs = [1, 2, 3].map((run) => taken(run + 1, [run * 1_000, run * 1_000 + 20], message(`run-${run}`)));
  assert.deepEqual(found([add, ...runs]), ['shared-context a1→a3']);
  const [first] = runs;
  assert.ok(first);
  const again = { ...first, spanId: '9'.padStart(16, '0') };
  assert.deepEqual(found([add, first, again]), []);
});

test('the schedule is blamed, not each run with a sender of its own', () => {
  const runs = [1, 2, 3, 4].flatMap((run) => [
    taken(run + 1, [run * 1_000, run * 1_000 + 20], message(`run-${run}`)),
    at(`${run}`.repeat(32), '8', undefined, 'mail PRODUCER add parcels', {
      atMs: [run * 1_000, run * 1_000 + 5],
      attributes: message(`run-${run + 1}`),
    }),
  ]);
  assert.deepEqual(found([add, ...runs]), ['shared-context a1→a3']);
});

const child = (index: number, more: object = {}) =>
  at(A, `${index + 2}`, '1', 'crunch INTERNAL main', {
    atMs: [index * 300 + 100, index * 300 + 120],
    resource: { 'service.name': 'crunch', 'service.instance.id': `${index}` },
    ...more,
  });

test('what repeats under one span that is over shares its context', () => {
  const start = at(A, '1', undefined, 'shop INTERNAL start', { atMs: [0, 5] });
  const twelve = Array.from({ length: 12 }, (_, index) => child(index));
  assert.deepEqual(found([start, ...twelve]), ['shared-context a1→a3']);
  // A few of them, or those that begin at once or while the span lasts, are work that the span started.
  assert.deepEqual(found([start, ...twelve.slice(0, 5)]), []);
  const withoutPauses = twelve.map((each) => ({ ...each, endMs: each.startMs + 290 }));
  assert.deepEqual(found([start, ...withoutPauses]), ['shared-context a1→a3']);
  const atOnce = twelve.map((_, index) => child(index, { atMs: [10 + index, 20] }));
  assert.deepEqual(found([start, ...atOnce]), []);
  assert.deepEqual(found([{ ...start, endMs: start.endMs + 60_000 }, ...twelve]), []);
});

test('requests with the header of a call that is over share its context', () => {
  const call = at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 5] });
  const served = Array.from({ length: 12 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'till SERVER GET', { atMs: [index * 20 + 1, index * 20 + 3] }),
  );
  assert.deepEqual(found([call, ...served]), ['shared-context a1→a3']);
  assert.deepEqual(found([call, ...served.slice(0, 4)]), []);
});

const keyed = (key: string) => ({
  'messaging.system': 'kafka',
  'messaging.destination.name': 'parcels',
  'messaging.kafka.message.key': key,
});

test('messages with keys of their own under one sender share its context', () => {
  const consumers = [0, 1, 2].map((index) =>
    taken(index + 2, [index * 900 + 10, index * 900 + 15], keyed(`k${index}`)),
  );
  assert.deepEqual(found([producer(keyed('k0')), ...consumers]), ['shared-context a1→a3']);
});

const jobs = (everyMs: number) =>
  Array.from({ length: 6 }, (_, index) =>
    taken(index + 2, [index * everyMs + 60, index * everyMs + 450], message(`m${index}`)),
  );

test('what one request sent may be worked off for long, without pauses', () => {
  const request = at(A, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 50] });
  assert.deepEqual(found([request, ...jobs(400)]), []);
  assert.deepEqual(found(jobs(400)), ['orphan →a2']);
  assert.deepEqual(found([request, ...jobs(60_000)]), ['shared-context a1→a3']);
});

test('no backlog of one request lasts for hours', () => {
  const request = at(A, '1', undefined, 'shop SERVER POST /parcels', { atMs: [0, 50] });
  const slow = jobs(1_000_000).map((job) => ({ ...job, endMs: job.startMs + 900_000 }));
  const nowMs = request.startMs + 10_000_000;
  assert.deepEqual(found([request, ...slow], { nowMs }), ['shared-context a1→a3']);
  assert.deepEqual(found(slow, { nowMs }), ['shared-context →a3']);
});

test('messages that were sent together share a context by right', () => {
  const batch = message('', { 'messaging.batch.message_count': 3 });
  const consumers = [1, 2, 3].map((run) =>
    taken(run + 1, [run * 5_000, run * 5_000 + 20], message(`m${run}`)),
  );
  assert.deepEqual(found([producer(batch), ...consumers]), []);
  const uncounted = producer(message(''));
  const soon = consumers.map((each, index) => ({
    ...each,
    startMs: uncounted.endMs + index,
    endMs: uncounted.endMs + index + 1,
  }));
  assert.deepEqual(found([uncounted, ...soon]), []);
});

const newsReceivers = (attributes: (index: number) => Attributes) =>
  Array.from({ length: 12 }, (_, index) =>
    at(A, `${index + 2}`, '1', 'till CONSUMER process news', {
      atMs: [index * 60_000 + 10, index * 60_000 + 20],
      attributes: attributes(index),
      resource: { 'service.name': 'till', 'service.instance.id': `till-${index}` },
    }),
  );

test('receivers of one message repeat nothing, however many they are', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send news', { atMs: [0, 5], attributes: message('m1') });
  assert.deepEqual(found([send, ...newsReceivers(() => message('m1'))]), []);
  assert.deepEqual(found([send, ...newsReceivers((index) => message(`m${index}`))]), [
    'shared-context a1→a3',
  ]);
});

test('a key that receivers share makes no single message of theirs', () => {
  const send = at(A, '1', undefined, 'shop PRODUCER send news', { atMs: [0, 5], attributes: keyed('k') });
  assert.deepEqual(found([send, ...newsReceivers(() => keyed('k'))]), ['shared-context a1→a3']);
});

const backlog = (everyMs: number) =>
  [1, 2, 3, 4].map((run) => taken(run + 1, [run * everyMs, run * everyMs + 1_400], message(`m${run}`)));

test('a backlog that is worked off may have been sent together', () => {
  const send = producer(message(''));
  assert.deepEqual(found([send, ...backlog(1_500)]), []);
  assert.deepEqual(found([send, ...backlog(60_000)]), ['shared-context a1→a3']);
  const named = { ...send, attributes: message('m0') };
  assert.deepEqual(found([named, ...backlog(1_500)]), ['shared-context a1→a3']);
});

test('Jobs of one CronJob with one parent share its context', () => {
  const jobs = ['u1', 'u2'].map((uid, index) =>
    at(A, `${index + 2}`, 'f', 'tidy INTERNAL main', {
      atMs: [index * 60_000, index * 60_000 + 50],
      resource: {
        'service.name': 'tidy',
        'k8s.cronjob.name': 'tidy',
        'k8s.job.uid': uid,
        'k8s.pod.uid': `p${uid}`,
      },
    }),
  );
  assert.deepEqual(found(jobs), ['shared-context →a3']);
});
