import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullId, linkTo, span, traceId } from '../testing/spans.ts';
import { keyOf } from '../tree/span.ts';
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

test('of too many links the shortest have a line, and no page waits for the others', () => {
  const names = 150;
  const named = Array.from({ length: names }, (_, index) =>
    span(hex(index + 1), undefined, 's PRODUCER sent'),
  );
  const links = named.map(({ spanId }) => linkTo(spanId));
  const naming = Array.from({ length: names }, (_, index) =>
    span(hex(index + 1), undefined, 's CONSUMER taken', { traceId: other, links }),
  );
  const rows = rowsOf([...named, ...naming], { order: [traceId, other] });
  const startedAt = performance.now();
  const lines = linkLines(rows);
  const tookMs = performance.now() - startedAt;
  assert.equal(lines.length, 200);
  const placesOf = (spans: typeof named) =>
    spans.map((each) => rows.findIndex(({ key }) => key === keyOf(each)));
  const [froms, tos] = [placesOf(naming), placesOf(named)];
  const all = froms.flatMap((from) => tos.map((to) => from - to)).toSorted((a, b) => a - b);
  assert.deepEqual(
    lines.map(({ from, to }) => from - to),
    all.slice(0, 200),
  );
  assert.ok(tookMs < 2_000, `${names ** 2} links took ${tookMs} ms`);
});

const hex = (number: number): string => number.toString(16);
