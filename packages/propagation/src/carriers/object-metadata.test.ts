import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import {
  exampleContext,
  SPAN_ID,
  TRACE_ID,
  TRACEPARENT,
  w3c,
  withPropagator,
} from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { MAX_METADATA_BYTES, objectMetadataCarrier, type ObjectMetadata } from './object-metadata.ts';

const PREFIX_BYTES = 'x-amz-meta-'.length;
const fieldBytes = (key: string, value: string) => PREFIX_BYTES + Buffer.byteLength(key + value);

test('carries context beside other metadata', () => {
  withPropagator(w3c, () => {
    const own = { owner: 'ada', tracestate: 'stale=1' };
    const metadata = injectContext(exampleContext(), own, objectMetadataCarrier);
    assert.deepEqual(metadata, { owner: 'ada', traceparent: TRACEPARENT });
    assert.equal(trace.getSpanContext(extractContext(metadata, objectMetadataCarrier))?.spanId, SPAN_ID);
  });
});

test('writes lower-case keys that every store takes', () => {
  const metadata: ObjectMetadata = {};
  objectMetadataCarrier.set(metadata, 'X-Amzn_Trace.İd', '1');
  assert.deepEqual(metadata, { 'x-amzn-trace--d': '1' });
  assert.equal(objectMetadataCarrier.get(metadata, 'X-Amzn_Trace.İd'), '1');
  objectMetadataCarrier.clear(metadata, 'X-Amzn_Trace.İd');
  assert.deepEqual(metadata, {});
});

test('fills metadata to its last byte and no further', () => {
  // Two-byte letters, because the limit counts bytes, not characters.
  const owner = 'é'.repeat(100);
  const room = MAX_METADATA_BYTES - fieldBytes('owner', owner) - fieldBytes('baggage', '');
  const metadata: ObjectMetadata = { owner };
  const [warning] = warningsOf(() => objectMetadataCarrier.set(metadata, 'baggage', 'b'.repeat(room + 1)));
  assert.equal(warning, 'Left out baggage: got 2049 bytes of metadata with it. Expected at most 2048.');
  assert.deepEqual(Object.keys(metadata), ['owner']);
  objectMetadataCarrier.set(metadata, 'baggage', 'b'.repeat(room));
  assert.equal(metadata.baggage?.length, room);
  // A value that is replaced doesn't count.
  objectMetadataCarrier.set(metadata, 'baggage', 'c'.repeat(room));
  assert.equal(metadata.baggage, 'c'.repeat(room));
});

test('keeps traceparent where the state does not fit', () => {
  const traceState = new TraceState(
    Array.from({ length: 9 }, (_, i) => `k${i}=${'v'.repeat(250)}`).join(','),
  );
  const source = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: TRACE_ID,
    spanId: SPAN_ID,
    traceFlags: 1,
    traceState,
  });
  withPropagator(w3c, () =>
    warningsOf(() => {
      const metadata = injectContext(source, { owner: 'x'.repeat(1800) }, objectMetadataCarrier);
      assert.equal(metadata.traceparent, TRACEPARENT);
      assert.equal('tracestate' in metadata, false);
    }),
  );
});

test('leaves out what no header can hold', () => {
  const metadata: ObjectMetadata = {};
  for (const value of ['Zoë', 'a\nb', 'a\0']) {
    assert.equal(warningsOf(() => objectMetadataCarrier.set(metadata, 'baggage', value)).length, 1);
  }
  assert.deepEqual(metadata, {});
});

test('reads and lists lower-case keys only', () => {
  withPropagator(w3c, () => {
    for (const metadata of [
      null,
      undefined,
      7,
      'text',
      { Traceparent: TRACEPARENT },
      { traceparent: { $gt: '' } },
    ])
      assert.equal(
        extractContext(metadata as unknown as ObjectMetadata, objectMetadataCarrier),
        ROOT_CONTEXT,
      );
  });
  assert.deepEqual(objectMetadataCarrier.keys({ traceparent: '', Owner: '', a_b: '' }), ['traceparent']);
});

test('takes an earlier context out in any case', () => {
  const metadata = { Traceparent: 'old', Owner: 'ada' };
  withPropagator(w3c, () => injectContext(exampleContext(), metadata, objectMetadataCarrier));
  assert.deepEqual(metadata, { Owner: 'ada', traceparent: TRACEPARENT });
});
