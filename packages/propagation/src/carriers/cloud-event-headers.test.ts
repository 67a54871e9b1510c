import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace, type Context } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import * as fc from 'fast-check';
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
import { cloudEventHttpCarrier, cloudEventKafkaCarrier } from './cloud-event-headers.ts';

const spanIn = (context: Context) => trace.getSpanContext(context)?.spanId;

test('carries context in headers of HTTP', () => {
  withPropagator(w3c, () => {
    const others = { 'ce-id': '7', traceparent: 'of the request' };
    const stale = { ...others, 'ce-tracestate': 'stale=1' };
    const headers = injectContext(exampleContext(), stale, cloudEventHttpCarrier);
    assert.deepEqual(headers, { ...others, 'ce-traceparent': TRACEPARENT });
    assert.equal(spanIn(extractContext(headers, cloudEventHttpCarrier)), SPAN_ID);
    assert.equal(spanIn(extractContext(new Headers(headers), cloudEventHttpCarrier)), SPAN_ID);
  });
});

test('carries context in headers of Kafka', () => {
  withPropagator(w3c, () => {
    const headers = injectContext(
      exampleContext(),
      { ce_id: '7', ce_tracestate: 'a=1' },
      cloudEventKafkaCarrier,
    );
    assert.deepEqual(headers, { ce_id: '7', ce_traceparent: TRACEPARENT });
    const bytes = { ce_traceparent: Buffer.from(TRACEPARENT) };
    assert.equal(spanIn(extractContext(bytes, cloudEventKafkaCarrier)), SPAN_ID);
  });
});

test('encodes what the HTTP binding says', () => {
  const { traceId, spanId } = { traceId: TRACE_ID, spanId: SPAN_ID };
  const traceState = new TraceState('a=1 "2" 100%');
  const base = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, traceState });
  const source = propagation.setBaggage(base, propagation.createBaggage({ name: { value: 'Zoë' } }));
  withPropagator(w3c, () => {
    const headers = injectContext(source, {}, cloudEventHttpCarrier);
    assert.deepEqual(headers, {
      'ce-traceparent': TRACEPARENT,
      'ce-tracestate': 'a=1%20%222%22%20100%25',
      'ce-baggage': 'name=Zo%25C3%25AB',
    });
    const context = extractContext(headers, cloudEventHttpCarrier);
    assert.equal(trace.getSpanContext(context)?.traceState?.serialize(), 'a=1 "2" 100%');
    assert.equal(propagation.getBaggage(context)?.getEntry('name')?.value, 'Zoë');
  });
});

test('replaces half a character over HTTP', () => {
  const headers: Record<string, string> = {};
  cloudEventHttpCarrier.set(headers, 'field', 'a\ud83d');
  assert.deepEqual(headers, { 'ce-field': 'a%EF%BF%BD' });
});

test('brings any text back over HTTP', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const headers: Record<string, string> = {};
      cloudEventHttpCarrier.set(headers, 'field', value);
      assert.match(headers['ce-field'] ?? '', /^[\x21\x23-\x7e]*$/);
      assert.equal(cloudEventHttpCarrier.get(headers, 'field'), value);
    }),
  );
});

// The values with the euro sign and the overlong space are examples in the binding.
for (const [sent, expected] of [
  ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
  ['%e2%82%ac', '€'],
  ['%41', 'A'],
  ['%2541', '%41'],
  ['%C0%A0', undefined],
  ['100%', undefined],
  ['%zz', undefined],
  ['"a=1 b"', 'a=1 b'],
  [String.raw`"a\"b\\"`, String.raw`a"b\ `.trim()],
  ['"a%20b"', 'a b'],
  ['a"b', 'a"b'],
  ['', ''],
] as const)
  test(`reads ${JSON.stringify(sent)} as the HTTP binding says`, () => {
    assert.equal(cloudEventHttpCarrier.get({ 'ce-field': sent }, 'field'), expected);
  });

test('keeps percent signs as they are in Kafka', () => {
  const headers = {};
  cloudEventKafkaCarrier.set(headers, 'baggage', 'name=Zo%C3%AB');
  assert.deepEqual(headers, { ce_baggage: 'name=Zo%C3%AB' });
  assert.equal(cloudEventKafkaCarrier.get(headers, 'baggage'), 'name=Zo%C3%AB');
});

for (const [prefix, carrier] of [
  ['ce-', cloudEventHttpCarrier],
  ['ce_', cloudEventKafkaCarrier],
] as const) {
  test(`leaves alone what the event says of itself after ${prefix}`, () => {
    const headers = { [`${prefix}id`]: '7' };
    assert.equal(warningsOf(() => carrier.set(headers, 'id', '8')).length, 1);
    carrier.clear(headers, 'id');
    assert.deepEqual(headers, { [`${prefix}id`]: '7' });
    assert.equal(carrier.get(headers, 'id'), undefined);
  });

  test(`lists the extension attributes after ${prefix}`, () => {
    const headers = {
      accept: '',
      ce: '',
      [`${prefix}traceparent`]: '',
      [`${prefix}id`]: '',
      [`${prefix}A`]: '',
    };
    assert.deepEqual(carrier.keys(headers), ['traceparent']);
    assert.deepEqual(carrier.keys(null as unknown as object), []);
  });
}

test('a record of Kafka holds any text', () => {
  const headers = {};
  cloudEventKafkaCarrier.set(headers, 'tenant', 'Zoë');
  assert.deepEqual(headers, { ce_tenant: 'Zoë' });
});

test('names of Kafka differ by case, those of HTTP do not', () => {
  assert.equal(cloudEventKafkaCarrier.get({ Ce_traceparent: 'own' }, 'traceparent'), undefined);
  assert.equal(cloudEventHttpCarrier.get({ 'Ce-Traceparent': 'a%20b' }, 'traceparent'), 'a b');
  const ofKafka = { CE_TRACEPARENT: 'own', ce_traceparent: 'old' };
  cloudEventKafkaCarrier.clear(ofKafka, 'traceparent');
  assert.deepEqual(ofKafka, { CE_TRACEPARENT: 'own' });
  const ofHttp = { 'CE-Traceparent': 'old' };
  cloudEventHttpCarrier.clear(ofHttp, 'traceparent');
  assert.deepEqual(ofHttp, {});
});
