import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRACEPARENT } from '../testing/propagators.ts';
import { formatTraceParent, parseTraceParent } from './trace-parent.ts';

const parsed = parseTraceParent(TRACEPARENT) ?? assert.fail();

test('what is read is written again', () => {
  assert.equal(parsed.isRemote, true);
  assert.equal(formatTraceParent(parsed), TRACEPARENT);
});

test('unknown flags are neither read nor written', () => {
  assert.equal(parseTraceParent(TRACEPARENT.replace(/01$/, 'fe'))?.traceFlags, 2);
  assert.match(formatTraceParent({ ...parsed, traceFlags: 0xfd }), /-01$/);
});

test('only later versions may have a tail', () => {
  assert.equal(parseTraceParent(`${TRACEPARENT}-tail`), undefined);
  assert.ok(parseTraceParent(`${TRACEPARENT.replace('00', '01')}-tail`));
  assert.equal(parseTraceParent(TRACEPARENT.replace('00', 'ff')), undefined);
});

test('ids in capitals are written in lower case', () => {
  const { traceId, spanId } = parsed;
  const capitals = { ...parsed, traceId: traceId.toUpperCase(), spanId: spanId.toUpperCase() };
  assert.equal(formatTraceParent(capitals), TRACEPARENT);
});
