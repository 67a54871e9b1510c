import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attributes } from '../../tree/span.ts';
import { lint } from '../lint.ts';
import { A, at, B, C, found, linkTo, message } from '../../testing/lint.ts';

test('a request that left its SERVER behind is found', () => {
  const http = { 'http.request.method': 'GET', 'url.full': 'http://till/a' };
  const spans = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
    at(B, '3', undefined, 'desk CLIENT GET', { atMs: [20, 60], attributes: http }),
  ];
  assert.deepEqual(found(spans), ['root-client a2→b3']);
});

const beat = (trace: string, ms: number, url = 'http://registry/desk') =>
  at(trace, '3', undefined, 'desk CLIENT PUT', {
    atMs: [ms, ms + 5],
    attributes: { 'http.request.method': 'PUT', 'url.full': url },
  });

const severities = (spans: Parameters<typeof lint>[0]) =>
  lint(spans).findings.map(({ severity }) => severity);

test('a request that is also made without a call is a timer’s', () => {
  const call = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
  ];
  assert.deepEqual(severities([...call, beat(B, 20), beat(C, 30_020)]), ['info', 'info']);
  assert.deepEqual(severities([...call, beat(B, 20), beat(C, 30_020, 'http://till/a')]), ['warning', 'info']);
});

const served = (id: string, atMs: [number, number]) => at(A, id, '1', 'desk SERVER GET /', { atMs });

test('a call that began long before is under way as well', () => {
  const shop = at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 90_000] });
  const short = Array.from({ length: 40 }, (_, index) => served(`${index + 10}`, [100 + index, 101 + index]));
  const around = served('2', [200, 300]);
  assert.deepEqual(severities([shop, ...short, around, beat(B, 220)]), ['warning']);
  // The request may belong to either of two calls, so the finding is only a hint.
  const long = served('3', [10, 50_000]);
  assert.deepEqual(severities([shop, long, ...short, around, beat(B, 220)]), ['info']);
  assert.deepEqual(severities([shop, ...short, around, beat(B, 220), beat(C, 30_020)]), ['info', 'info']);
  const first = served('3', [10, 150]);
  const within = beat(C, 142);
  assert.deepEqual(severities([shop, first, ...short, around, beat(B, 220), within]), ['warning', 'info']);
});

const during = (operation: string, count?: number) => {
  const counted: Attributes = count === undefined ? {} : { 'messaging.batch.message_count': count };
  const taken = at(A, '1', undefined, 'desk CONSUMER parcels', {
    atMs: [0, 20_000],
    attributes: message('', { 'messaging.operation.type': operation, ...counted }),
    links: [linkTo('9', C)],
  });
  return found([taken, beat(B, 20)], { rules: ['root-client'] });
};

test('a poll is not a call that other work belongs to', () => {
  for (const count of [0, 1]) assert.deepEqual(during('receive', count), []);
  assert.deepEqual(during('process', 1), ['root-client a1→b3']);
  // Some libraries use `receive` for processing one message.
  assert.deepEqual(during('receive'), ['root-client a1→b3']);
});

test('a poll that such work hangs under elsewhere is its parent', () => {
  const counted = { 'messaging.operation.type': 'receive', 'messaging.batch.message_count': 5 };
  const poll = (trace: string, ms: number) =>
    at(trace, '1', undefined, 'desk CONSUMER parcels', {
      atMs: [ms, ms + 100],
      attributes: message('', counted),
      links: [linkTo('9', C)],
    });
  const usual = ['d', 'e'].flatMap((digit, index) => {
    const trace = digit.repeat(32);
    return [
      poll(trace, index * 1_000),
      { ...beat(trace, index * 1_000 + 20), parentSpanId: '1'.padStart(16, '0') },
    ];
  });
  const spans = [...usual, poll(A, 5_000), beat(B, 5_020)];
  assert.deepEqual(found(spans, { rules: ['root-client'] }), ['root-client a1→b3']);
});

test('a root of a service that others call is a hint', () => {
  const spans = [
    at(A, '1', undefined, 'shop CLIENT GET', { atMs: [0, 100] }),
    at(A, '2', '1', 'desk SERVER GET /', { atMs: [5, 95] }),
    at(B, '3', undefined, 'desk INTERNAL print', { atMs: [2_000, 2_060] }),
  ];
  assert.deepEqual(found(spans), ['root-client →b3']);
  assert.equal(lint(spans).findings[0]?.severity, 'info');
});

test('what polls, and what a timer does in a service without calls, is right', () => {
  const poll = { 'db.system.name': 'mongodb' };
  const spans = [
    at(A, '1', undefined, 'desk SERVER GET /', { atMs: [0, 95] }),
    at(B, '3', undefined, 'desk CLIENT find jobs', { atMs: [20, 60], attributes: poll }),
    at(C, '4', undefined, 'desk INTERNAL tick', { atMs: [20, 60] }),
  ];
  assert.deepEqual(found(spans), []);
});

test('of what usually hangs under a call the one that does not is found', () => {
  const usual = [B, C].flatMap((trace) => [
    at(trace, '1', undefined, 'desk SERVER GET /', { atMs: [0, 50] }),
    at(trace, '2', '1', 'desk INTERNAL price', { atMs: [10, 20] }),
  ]);
  const spans = [
    ...usual,
    at(A, '1', undefined, 'desk SERVER GET /', { atMs: [1_000, 1_050] }),
    at('d'.repeat(32), '2', undefined, 'desk INTERNAL price', { atMs: [1_010, 1_020] }),
  ];
  assert.deepEqual(found(spans), ['root-client a1→d2']);
});
