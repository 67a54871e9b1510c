import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullId, linkTo, span, traceId } from '../testing/spans.ts';
import { linkLines } from './link-lines.ts';
import { rowsOf } from './rows.ts';

const other = 'b'.repeat(32);

test('lines are drawn for links between traces alone', () => {
  const sent = span('1', undefined, 's PRODUCER sent');
  const again = span('2', undefined, 's CONSUMER again', { links: [linkTo('1')] });
  const taken = span('3', undefined, 's CONSUMER taken', {
    traceId: other,
    atMs: [30, 40],
    links: [linkTo('1'), linkTo('9')],
  });
  const rows = rowsOf([sent, again, taken], { order: [traceId, other] });
  assert.deepEqual(linkLines(rows), [{ key: `${other}/${fullId('3')}/0`, from: 5, to: 1, lane: 0 }]);
});

test('no line leads to a span that is folded away', () => {
  const root = span('1', undefined, 's SERVER root');
  const sent = span('2', '1', 's PRODUCER sent');
  const taken = span('3', undefined, 's CONSUMER taken', { traceId: other, links: [linkTo('2')] });
  const collapsed = new Set([`${traceId}/${fullId('1')}`]);
  assert.equal(linkLines(rowsOf([root, sent, taken])).length, 1);
  assert.equal(linkLines(rowsOf([root, sent, taken], { collapsed })).length, 0);
});

test('lines that pass one row have a lane each, the shortest first', () => {
  const rows = rowsOf([
    span('1', undefined, 's PRODUCER far'),
    span('2', '1', 's PRODUCER near'),
    span('3', undefined, 's CONSUMER taken', { traceId: other, links: [linkTo('1'), linkTo('2')] }),
  ]);
  assert.deepEqual(
    linkLines(rows).map(({ to, lane }) => [to, lane]),
    [
      [2, 0],
      [1, 1],
    ],
  );
});
