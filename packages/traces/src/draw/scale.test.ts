import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from '../testing/spans.ts';
import { placeIn, rangeOf } from './scale.ts';

const whole = { startMs: 0, endMs: 100 };

test('the range starts with the first root', () => {
  const root = span('1', undefined, 's SERVER root', { atMs: [0, 10] });
  const early = span('2', '1', 's CLIENT early', { atMs: [-500, 50] });
  assert.deepEqual(rangeOf([early, root]), { startMs: root.startMs, endMs: early.endMs });
  assert.equal(rangeOf([early])?.startMs, early.startMs);
  assert.equal(rangeOf([]), undefined);
});

test('a span without a time does not begin the range', () => {
  const root = span('1', undefined, 's SERVER root', { atMs: [0, 10] });
  const none = { ...span('2', undefined, 's SERVER none'), startMs: 0, endMs: 0 };
  assert.deepEqual(rangeOf([none, root]), { startMs: root.startMs, endMs: root.endMs });
  assert.deepEqual(rangeOf([none]), { startMs: 0, endMs: 0.05 });
  const ended = { ...none, endMs: root.endMs };
  assert.deepEqual(rangeOf([ended, root]), { startMs: root.startMs, endMs: root.endMs });
});

test('a bar is cut at both ends of what is visible', () => {
  assert.deepEqual(placeIn(whole, -50, 50), { left: 0, width: 50 });
  assert.deepEqual(placeIn(whole, 90, 500), { left: 90, width: 10 });
  assert.deepEqual(placeIn(whole, 500, 600), { left: 100, width: 0 });
});
