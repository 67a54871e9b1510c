import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span, traceId } from '../testing/spans.ts';
import { repeatedBranches } from './folded.ts';

const requests = (count: number, parent = '1') =>
  Array.from({ length: count }, (_unused, index) => [
    span(`a${index}`, parent, 'writer SERVER POST /orders'),
    span(`b${index}`, `a${index}`, 'writer PRODUCER send orders'),
  ]).flat();

test('from four requests of one name on each is a line', () => {
  const click = span('1', undefined, 'browser INTERNAL click');
  assert.deepEqual(repeatedBranches([click, ...requests(3)]), []);
  const keys = repeatedBranches([click, ...requests(4)]);
  assert.deepEqual(
    keys,
    ['a0', 'a1', 'a2', 'a3'].map((id) => `${traceId}/${id.padStart(16, '0')}`),
  );
});

const many = (kind: string) =>
  Array.from({ length: 9 }, (_unused, index) => span(`c${index}`, '1', `poller ${kind} process orders`));

test('attempts and leaves are never folded', () => {
  const root = span('1', undefined, 'writer PRODUCER send orders');
  assert.deepEqual(repeatedBranches([root, ...many('CONSUMER'), ...many('SERVER')]), []);
});

test('of many traces all but the first are their heads', () => {
  const traces = Array.from({ length: 9 }, (_unused, index) =>
    span('1', undefined, 's SERVER root', { traceId: `${index}`.repeat(32), atMs: [index, index + 1] }),
  );
  assert.equal(repeatedBranches(traces.slice(0, 8)).length, 0);
  assert.deepEqual(
    repeatedBranches(traces),
    traces.slice(1).map((each) => each.traceId),
  );
});
