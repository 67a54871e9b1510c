import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from '../testing/fixtures.ts';
import { linkLines } from './link-lines.ts';
import { rowsOf, type Row } from './rows.ts';

const shown = (rows: Row[]) =>
  rows.map((row) =>
    row.type === 'trace'
      ? `trace ${row.traceId}`
      : `${'.'.repeat(row.depth)}${row.type === 'span' ? row.span.name : row.text}`,
  );

test('children stand under their parents by start', () => {
  const spans = [
    span('root'),
    span('late', { parentSpanId: 'root', startMs: 5 }),
    span('early', { parentSpanId: 'root', startMs: 1 }),
    span('leaf', { parentSpanId: 'early', startMs: 2 }),
  ];
  assert.deepEqual(shown(rowsOf(spans, ['one'])), ['trace one', 'root', '.early', '..leaf', '.late']);
  assert.deepEqual(shown(rowsOf(spans, ['one'], new Set(['one/early']))), [
    'trace one',
    'root',
    '.early',
    '.late',
  ]);
});

test('traces keep the order of the run', () => {
  const spans = [span('b', { traceId: 'two', startMs: -9 }), span('a')];
  assert.deepEqual(shown(rowsOf(spans, ['one', 'two'])), ['trace one', 'a', 'trace two', 'b']);
});

test('an orphan is shown last and said to be one', () => {
  const rows = rowsOf([span('lost', { parentSpanId: 'gone', startMs: -5 }), span('root')], ['one']);
  assert.deepEqual(shown(rows), ['trace one', 'root', 'lost', '.its parent gone is not in this trace']);
});

test('while a run goes on a missing parent has not ended', () => {
  const rows = rowsOf([span('early', { parentSpanId: 'open' })], ['one'], new Set(), false);
  assert.deepEqual(shown(rows), ['trace one', 'early', '.its parent has not ended yet']);
});

test('spans that name each other as parents are all shown', () => {
  const rows = rowsOf([span('a', { parentSpanId: 'b' }), span('b', { parentSpanId: 'a' })], ['one']);
  assert.deepEqual(rows.flatMap((row) => (row.type === 'span' ? row.span.name : [])).toSorted(), ['a', 'b']);
});

test('a consumer waits from the end of its cause', () => {
  const spans = [
    span('send', { endMs: 10 }),
    span('take', { kind: 'CONSUMER', parentSpanId: 'send', startMs: 300 }),
  ];
  const take = rowsOf(spans, ['one']).find((row) => row.type === 'span' && row.span.name === 'take');
  assert.equal(take?.type === 'span' && take.waitsFromMs, 10);
});

test('ten thousand nested spans do not overflow the stack', () => {
  const spans = Array.from({ length: 10_000 }, (_, index) =>
    span(String(index), index > 0 ? { parentSpanId: String(index - 1), startMs: index } : {}),
  );
  assert.equal(rowsOf(spans, ['one']).length, 10_001);
});

test('a link names the span and the trace it goes to', () => {
  const spans = [
    span('sent'),
    span('taken', {
      traceId: 'two',
      links: [
        { traceId: 'one', spanId: 'sent' },
        { traceId: 'far', spanId: 'x' },
      ],
    }),
  ];
  assert.deepEqual(shown(rowsOf(spans, ['one', 'two'])).slice(-2), [
    '.links to sent in trace 1',
    '.links to far, which is not here',
  ]);
});

test('what was observed stands after what it is known by', () => {
  const spans = [
    span('launch'),
    span('observe report-job', { parentSpanId: 'launch', startMs: -700, endMs: 1_999 }),
    span('run', { parentSpanId: 'launch', startMs: 900 }),
  ];
  assert.deepEqual(shown(rowsOf(spans, ['one'])), ['trace one', 'launch', '.run', '.observe report-job']);
});

test('lines are drawn for links between traces alone', () => {
  const spans = [
    span('sent'),
    span('again', { links: [{ traceId: 'one', spanId: 'sent' }] }),
    span('taken', { traceId: 'two', startMs: 30, links: [{ traceId: 'one', spanId: 'sent' }] }),
  ];
  const lines = linkLines(rowsOf(spans, ['one', 'two']));
  assert.deepEqual(lines, [{ key: 'two/taken/0', from: 5, fromMs: 30, to: 3, toMs: 0 }]);
});
