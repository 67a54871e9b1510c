import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { trace } from '@opentelemetry/api';
import { mapCarrier, type ByteHeaderMap } from './carriers/map.ts';
import { extractContext } from './extract.ts';
import { markFailed } from './in-span.ts';
import { stampDocument } from './mongodb/stamp-document.ts';
import { stampUpdate } from './mongodb/stamp-update.ts';
import { isBytes, isMap } from './realm.ts';
import { TRACE_ID, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { withTracing } from './testing/tracing.ts';

/** Evaluates code in another realm, as in Jest tests and the sandboxes of frameworks. */
const foreign = (code: string): unknown => runInNewContext(code);

test('bytes of another realm are read', () => {
  const traceparent = foreign(`new Uint8Array(${TRACEPARENT.length})`) as Uint8Array;
  traceparent.set(Buffer.from(TRACEPARENT));
  const carried = withPropagator(w3c, () => extractContext<ByteHeaderMap>({ traceparent }, mapCarrier));
  assert.equal(trace.getSpanContext(carried)?.traceId, TRACE_ID);
});

test('maps of another realm are stamped', () => {
  const stamp = { field: 'context', context: { traceparent: 'now' } };
  const copy = stampDocument(foreign('new Map([["total", 1]])'), stamp);
  assert.deepEqual(
    copy,
    new Map<string, unknown>([
      ['total', 1],
      ['context', stamp.context],
    ]),
  );
  assert.deepEqual(stampUpdate({ $set: foreign('new Map([["total", 1]])') }, stamp), {
    $set: { total: 1, context: stamp.context },
  });
});

test('subclasses with a tag of their own are recognized', () => {
  class Bytes extends Uint8Array {
    override get [Symbol.toStringTag]() {
      return 'Bytes' as 'Uint8Array';
    }
  }
  class Fields extends Map<string, unknown> {
    override readonly [Symbol.toStringTag] = 'Fields';
  }
  assert.equal(isBytes(new Bytes(1)), true);
  assert.equal(isMap(new Fields()), true);
});

test('what is only tagged as bytes is not read', () => {
  const traceparent = { [Symbol.toStringTag]: 'Uint8Array', byteLength: 3 } as unknown as Uint8Array;
  assert.equal(isBytes(traceparent), false);
  assert.equal(mapCarrier.get({ traceparent } as ByteHeaderMap, 'traceparent'), undefined);
});

test('errors of another realm keep their name', async () => {
  await withTracing(async ({ finishedSpans, tracer }) => {
    const span = tracer.startSpan('failing');
    markFailed(span, foreign('new TypeError("wrong")'));
    span.end();
    const [failed] = finishedSpans();
    assert.equal(failed?.attributes['error.type'], 'TypeError');
    assert.equal(failed.status.message, 'wrong');
  });
});
