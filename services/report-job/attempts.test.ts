import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { propagation } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { ReportAttempt } from '@beyond-headers/contracts';
import type { Db } from 'mongodb';
import { earlierAttempts } from './attempts.ts';

before(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()));

const ORDER = '6740e1c2a5f3b1d2c3e4f506';
const attempt = (series: string, span: string): ReportAttempt => ({
  series,
  pod: `pod-${span}`,
  at: new Date(0),
  context: { traceparent: `00-${'a'.repeat(32)}-${span.repeat(16)}-01` },
});

/** Returns a database in which reading an order has this result. */
const answering = (findOne: () => Promise<unknown>) => ({ collection: () => ({ findOne }) }) as unknown as Db;

test('first attempt has none before it', async () => {
  const db = answering(async () => ({ _id: ORDER }));
  assert.deepEqual(await earlierAttempts(db, ORDER, 'job-1/'), { number: 1 });
});

test('last attempt of the same series is the previous one', async () => {
  const reportAttempts = [attempt('job-1/', '1'), attempt('job-1/', '2'), attempt('job-2/', '3')];
  const { number, previous } = await earlierAttempts(
    answering(async () => ({ reportAttempts })),
    ORDER,
    'job-1/',
  );
  assert.deepEqual([number, previous?.spanId], [3, '2'.repeat(16)]);
});

test('database that fails does not stop the job', async () => {
  const db = answering(() => Promise.reject(new Error('gone')));
  assert.deepEqual(await earlierAttempts(db, ORDER, 'job-1/'), {});
});

test('database that is silent holds the work up for a bounded time', async () => {
  const start = performance.now();
  // The timer alone does not keep a process alive; a silent connection does.
  const connection = setInterval(() => {}, 1_000);
  assert.deepEqual(
    await earlierAttempts(
      answering(() => new Promise(() => {})),
      ORDER,
      'job-1/',
    ),
    {},
  );
  clearInterval(connection);
  const tookMs = performance.now() - start;
  assert.ok(tookMs < 3_000, `took ${tookMs} ms`);
});
