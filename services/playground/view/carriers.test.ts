import assert from 'node:assert/strict';
import { test } from 'node:test';
import { span } from '../testing/fixtures.ts';
import { ATTR } from '@beyond-headers/contracts';
import {
  environmentRows,
  findingOf,
  namedBy,
  partiesOf,
  piecesOf,
  podFrom,
  spansOfOrder,
} from './carriers.ts';
import type { CarrierRow, CarrierView } from './types.ts';

const IDS = { trace: 'a'.repeat(32), span: 'b'.repeat(16), other: 'c'.repeat(32) };
const writer = span(IDS.span, { traceId: IDS.trace, name: 'send orders', kind: 'PRODUCER' });
const OURS = `00-${IDS.trace}-${IDS.span}-01`;

const carrier = (rows: CarrierRow[], isKnown = true): CarrierView => ({
  id: 'job',
  rows,
  isKnown,
  source: '',
});
const carries = (value: string): CarrierRow => ({ name: 'env TRACEPARENT', value, role: 'carries' });

test('the ids of a traceparent are marked, any other text is whole', () => {
  const [, traceId, , spanId] = piecesOf(OURS, [writer], writer);
  assert.deepEqual([traceId?.text, traceId?.isWrong], [IDS.trace, false]);
  assert.deepEqual([spanId?.text, spanId?.title], [IDS.span, 'the span writer · send orders']);
  assert.deepEqual(piecesOf(`${OURS}<b>`, [writer], writer), [{ text: `${OURS}<b>` }]);
});

test('an id that does not belong there is marked as wrong', () => {
  const [, traceId, , spanId] = piecesOf(`00-${IDS.other}-${'d'.repeat(16)}-01`, [writer], writer);
  assert.deepEqual([traceId?.isWrong, spanId?.isWrong], [true, true]);
});

test('what a carrier is worth is found by its ids', () => {
  const unread: CarrierRow = { name: 'env traceparent', value: OURS, role: 'unread' };
  assert.equal(findingOf(carrier([carries(OURS)]), writer), 'carries');
  assert.equal(findingOf(carrier([carries(`00-${IDS.other}-${IDS.span}-01`)]), writer), 'foreign');
  assert.equal(findingOf(carrier([carries(`00-${IDS.trace}-${'d'.repeat(16)}-01`)]), writer), 'astray');
  assert.equal(findingOf(carrier([unread]), writer), 'unread');
  assert.equal(findingOf(carrier([]), writer), 'nothing');
  assert.equal(findingOf(carrier([], false), writer), 'unknown');
  assert.equal(namedBy(carrier([carries(OURS)]), [writer]), writer);
});

test('a carrier is held against the spans of its own order', () => {
  const send = (orderId: string, spanId: string) =>
    span(spanId, {
      traceId: IDS.trace,
      service: 'writer',
      kind: 'PRODUCER',
      attributes: { [ATTR.orderId]: orderId },
    });
  const click = span('click', { service: 'browser', kind: 'INTERNAL' });
  const spans = [click, send('first', 'd'.repeat(16)), send('second', IDS.span)];
  const own = spansOfOrder(spans, 'second');
  assert.deepEqual(own, [spans[0], spans[2]]);
  const { writer: sender } = partiesOf('document', own);
  assert.equal(findingOf(carrier([carries(OURS)]), sender), 'carries');
});

test('of a variable that is there twice the last one counts', () => {
  const rows = environmentRows([
    { name: 'TRACEPARENT', value: '1' },
    { name: 'traceparent', value: '2' },
    { name: 'TRACEPARENT', value: '3' },
  ]);
  assert.deepEqual(
    rows.map(({ role }) => role),
    ['unread', 'unread', 'carries'],
  );
});

test('the pod shows what its job noted and nothing else', () => {
  const run = span('run', {
    service: 'report-job',
    kind: 'CONSUMER',
    attributes: { 'demo.carrier.TRACEPARENT': OURS, 'demo.attempt': '1' },
  });
  assert.deepEqual(podFrom([run]).rows, [{ name: 'TRACEPARENT', value: OURS, role: 'carries' }]);
  assert.equal(podFrom([]).isKnown, false);
});
