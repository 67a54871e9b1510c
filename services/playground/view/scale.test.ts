import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from '../testing/fixtures.ts';
import { pan, placeIn, rangeOf, ticks, zoom } from './scale.ts';

const whole = { startMs: 0, endMs: 100 };

test('the range starts with the first root', () => {
  const early = span('early', { parentSpanId: 'root', startMs: -500, endMs: 50 });
  assert.deepEqual(rangeOf([span('root'), early]), { startMs: 0, endMs: 50 });
  assert.equal(rangeOf([]), undefined);
});

test('a bar is cut at both ends of what is visible', () => {
  assert.deepEqual(placeIn(whole, -50, 50), { left: 0, width: 50 });
  assert.deepEqual(placeIn(whole, 90, 500), { left: 90, width: 10 });
  assert.deepEqual(placeIn(whole, 500, 600), { left: 100, width: 0 });
});

test('zoom keeps its moment in place and stays within the whole', () => {
  assert.deepEqual(zoom(whole, whole, 2, 50), { startMs: 25, endMs: 75 });
  assert.deepEqual(zoom(whole, whole, 4, 0), { startMs: 0, endMs: 25 });
  assert.deepEqual(zoom({ startMs: 25, endMs: 75 }, whole, 0.1, 50), whole);
});

test('panning stops at the ends', () => {
  assert.deepEqual(pan({ startMs: 0, endMs: 50 }, whole, 0.5), { startMs: 25, endMs: 75 });
  assert.deepEqual(pan({ startMs: 40, endMs: 90 }, whole, 9), { startMs: 50, endMs: 100 });
});

test('ticks are few and round', () => {
  assert.deepEqual(ticks(whole, whole), [0, 20, 40, 60, 80, 100]);
  assert.ok(ticks({ startMs: 0, endMs: 3_025 }, whole).every((tick) => tick % 1_000 === 0));
});

test('the last second that Kubernetes tells makes nothing longer', () => {
  const work = span('root', { endMs: 1_300 });
  const seen = span('observe report-job', { parentSpanId: 'root', startMs: -200, endMs: 1_999 });
  assert.equal(rangeOf([work, seen])?.endMs, 1_300);
  const killed = span('observe report-job', { parentSpanId: 'root', startMs: 0, endMs: 7_999 });
  assert.equal(rangeOf([work, killed])?.endMs, 6_999);
});
