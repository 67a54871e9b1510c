import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentLatencies } from './recent-latencies.ts';

test('percentiles are of latencies that there were', () => {
  const latencies = new RecentLatencies();
  for (let ms = 100; ms >= 1; ms--) latencies.add(ms, 0);
  assert.deepEqual(latencies.summary(0), { fulfilled: 100, p50Ms: 50, p99Ms: 99 });
});

test('orders of more than a minute ago do not count', () => {
  const latencies = new RecentLatencies();
  latencies.add(900, 0);
  latencies.add(5, 30_000);
  assert.deepEqual(latencies.summary(60_001), { fulfilled: 1, p50Ms: 5, p99Ms: 5 });
  assert.equal(latencies.summary(90_001), undefined);
});

test('of very many orders the newest are kept', () => {
  const latencies = new RecentLatencies();
  for (let count = 0; count < 20_000; count++) latencies.add(count < 15_000 ? 1_000 : 2, count / 1_000);
  assert.deepEqual(latencies.summary(20), { fulfilled: 5_000, p50Ms: 2, p99Ms: 2 });
});
