import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from '../testing/spans.ts';
import { cutsOf, drawnAt, momentAt } from './cuts.ts';
import { rangeOf } from './scale.ts';

const { startMs: epoch } = span('1', undefined, 's SERVER epoch');

function cutsIn(...spans: ReturnType<typeof span>[]): number[][] {
  const whole = rangeOf(spans);
  assert.ok(whole);
  return cutsOf(spans, whole).map(({ startMs, endMs, drawnMs }) => [startMs - epoch, endMs - epoch, drawnMs]);
}

test('a wait longer than half of the work is cut', () => {
  const root = span('1', undefined, 's SERVER root', { atMs: [0, 100] });
  const soon = span('2', '1', 's CONSUMER soon', { atMs: [150, 250] });
  const late = span('3', '1', 's CONSUMER late', { atMs: [1_250, 1_350] });
  assert.deepEqual(cutsIn(root, soon, late), [[250, 1_250, 30]]);
});

test('who waits or looks on does not work', () => {
  const root = span('1', undefined, 's SERVER root', { atMs: [0, 100] });
  const wait = span('2', '1', 's INTERNAL wait orders', { atMs: [100, 5_000] });
  const observe = span('3', '1', 's INTERNAL observe report-job', { atMs: [100, 9_000] });
  const rough = span('4', '1', 's INTERNAL see', {
    atMs: [100, 9_000],
    attributes: { 'demo.time.precision': 1_000 },
  });
  const run = span('5', '1', 's CONSUMER run', { atMs: [9_000, 9_100] });
  assert.deepEqual(cutsIn(root, wait, observe, rough, run), [[100, 9_000, 20]]);
});

test('slow work is not cut, and neither is a blink', () => {
  const root = span('1', undefined, 's SERVER root', { atMs: [0, 1] });
  const slow = span('2', '1', 's CONSUMER slow', { atMs: [1, 10_000] });
  assert.deepEqual(cutsIn(root, slow), []);
  assert.deepEqual(cutsIn(root, span('2', '1', 's CONSUMER next', { atMs: [19, 20] })), []);
});

test('many cuts leave half of the axis to the work', () => {
  const steps = Array.from({ length: 50 }, (_unused, index) =>
    span(`${index + 1}`, index > 0 ? '1' : undefined, 's CONSUMER step', {
      atMs: [index * 10_000, index * 10_000 + 10],
    }),
  );
  const cuts = cutsIn(...steps);
  assert.equal(cuts.length, 49);
  assert.ok(cuts.reduce((sum, [, , drawnMs = 0]) => sum + drawnMs, 0) <= 251);
});

test('where nothing works nothing is cut', () => {
  assert.deepEqual(cutsIn(span('1', undefined, 's INTERNAL wait orders', { atMs: [0, 9_000] })), []);
});

test('a moment and its place lead to one another', () => {
  const cuts = [
    { startMs: 10, endMs: 110, drawnMs: 10 },
    { startMs: 200, endMs: 1_200, drawnMs: 10 },
  ];
  const places = [0, 10, 60, 110, 200, 700, 1_200, 1_300];
  assert.deepEqual(
    places.map((ms) => drawnAt(cuts, ms)),
    [0, 10, 15, 20, 110, 115, 120, 220],
  );
  assert.deepEqual(
    places.map((ms) => momentAt(cuts, drawnAt(cuts, ms))),
    places,
  );
});
