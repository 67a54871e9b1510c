import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSpans } from './without-spans.ts';
import { fullId, orderTrace, span, traceId } from '../testing/spans.ts';

const root = span('1', undefined, 's SERVER root');
const outer = span('2', '1', 's INTERNAL middleware - a');
const inner = span('3', '2', 's INTERNAL middleware - b');
const leaf = span('4', '3', 's CLIENT leaf');

test('children move up past spans that are left out', () => {
  const kept = withoutSpans([root, outer, inner, leaf], ['* INTERNAL middleware*']);
  assert.deepEqual(kept, [root, { ...leaf, parentSpanId: fullId('1') }]);
});

test('children of a root that is left out become roots', () => {
  const [kept] = withoutSpans([root, outer], ['s SERVER root']);
  assert.ok(kept && !('parentSpanId' in kept));
});

test('nothing to leave out changes nothing', () => {
  assert.deepEqual(withoutSpans(orderTrace(), ['absent']), orderTrace());
  assert.deepEqual(withoutSpans(orderTrace(), []), orderTrace());
});

test('another trace keeps its span of the same id', () => {
  const other = { ...leaf, traceId: 'f'.repeat(32) };
  assert.deepEqual(withoutSpans([inner, other], ['*middleware*']), [other]);
});

test('spans in a circle that are left out end', () => {
  const a = span('1', '2', 's INTERNAL middleware');
  const b = span('2', '1', 's INTERNAL middleware');
  const kept = withoutSpans([a, b, span('3', '1', 's CLIENT leaf')], ['*middleware']);
  assert.deepEqual(
    kept.map(({ name, traceId: id }) => [name, id]),
    [['leaf', traceId]],
  );
});
