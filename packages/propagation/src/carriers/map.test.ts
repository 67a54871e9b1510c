import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { MAX_FIELD_BYTES } from '../limits.ts';
import { exampleContext, TRACE_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { mapCarrier, type HeaderMap } from './map.ts';

test('carries context beside other headers', () => {
  const headers: HeaderMap = { accept: '*/*', tracestate: 'stale=1' };
  withPropagator(w3c, () => injectContext(exampleContext(), headers, mapCarrier));
  assert.deepEqual(headers, { accept: '*/*', traceparent: TRACEPARENT });
  assert.deepEqual(mapCarrier.keys(headers), ['accept', 'traceparent']);
});

test('joins a repeated header as HTTP does', () => {
  assert.equal(mapCarrier.get({ tracestate: ['a=1', 'b=2'] }, 'tracestate'), 'a=1,b=2');
  withPropagator(w3c, () => {
    const twice = { traceparent: [TRACEPARENT, TRACEPARENT] };
    assert.equal(extractContext(twice, mapCarrier), ROOT_CONTEXT);
    const once = extractContext({ traceparent: [TRACEPARENT] }, mapCarrier);
    assert.ok(trace.getSpanContext(once));
  });
});

test('ignores what is not a header value', () => {
  for (const value of [42, {}, [{}], ['a', 7n], [Object.create(null)], undefined])
    assert.equal(mapCarrier.get({ x: value as string }, 'x'), undefined);
  assert.equal(mapCarrier.get(Object.create({ x: 'inherited' }) as HeaderMap, 'x'), undefined);
  assert.equal(mapCarrier.get(null as unknown as HeaderMap, 'x'), undefined);
  assert.deepEqual(mapCarrier.keys(7 as unknown as HeaderMap), []);
});

test('leaves out a value that would split headers', () => {
  const headers: HeaderMap = {};
  mapCarrier.set(headers, 'baggage', 'a=1\r\nset-cookie: b');
  mapCarrier.set(headers, 'baggage', 'a=Zoë');
  assert.deepEqual(headers, {});
});

test('finds a header whatever the case of its name', () => {
  // Go's HTTP client sends these names, and API gateways pass them on.
  const headers: HeaderMap = { Host: 'a', Traceparent: TRACEPARENT, TraceState: ['a=1', 'b=2'] };
  withPropagator(w3c, () => {
    for (const carrier of [headers, new Map(Object.entries(headers)) as unknown as HeaderMap]) {
      const spanContext = trace.getSpanContext(extractContext(carrier, mapCarrier));
      assert.equal(spanContext?.traceId, TRACE_ID);
      assert.equal(spanContext?.traceState?.serialize(), 'a=1,b=2');
    }
  });
  assert.equal(mapCarrier.get({ Traceparent: 'other', traceparent: 'exact' }, 'traceparent'), 'exact');
  assert.equal(mapCarrier.get({ Trace: 'a' }, 'traceparent'), undefined);
});

test('reads and writes the headers of Fetch', () => {
  withPropagator(w3c, () => {
    const headers = injectContext(exampleContext(), new Headers({ tracestate: 'stale=1' }), mapCarrier);
    assert.deepEqual([...headers], [['traceparent', TRACEPARENT]]);
    assert.equal(trace.getSpanContext(extractContext(headers, mapCarrier))?.traceId, TRACE_ID);
  });
});

test('reads the bytes of a Kafka client', () => {
  const headers = { traceparent: Buffer.from(TRACEPARENT), tracestate: [Buffer.from('a=1'), 'b=2'] };
  withPropagator(w3c, () => {
    const spanContext = trace.getSpanContext(extractContext(headers, mapCarrier));
    assert.equal(spanContext?.traceId, TRACE_ID);
    assert.equal(spanContext?.traceState?.serialize(), 'a=1,b=2');
  });
  const long = { traceparent: new Uint8Array(MAX_FIELD_BYTES + 1) };
  assert.equal(mapCarrier.get(long, 'traceparent'), undefined);
  const longest = { traceparent: new Uint8Array(MAX_FIELD_BYTES) };
  assert.equal(mapCarrier.get(longest, 'traceparent')?.length, MAX_FIELD_BYTES);
});

test('a value that is left out is named', () => {
  const said = warningsOf(() => mapCarrier.set({}, 'baggage', 'a=Zoë'));
  assert.deepEqual(said, [
    'Left out baggage: got a character that is not allowed in a header. Expected printable ASCII.',
  ]);
});

test('reads as many bytes as a field may have', () => {
  const longest = { baggage: new Uint8Array(MAX_FIELD_BYTES) };
  assert.equal(mapCarrier.get(longest, 'baggage')?.length, MAX_FIELD_BYTES);
});

test('takes an earlier context out in any case', () => {
  const headers: HeaderMap = { Traceparent: 'old', TRACESTATE: 'old=1', 'Trace-Parent': 'own' };
  withPropagator(w3c, () => injectContext(exampleContext(), headers, mapCarrier));
  assert.deepEqual(headers, { 'Trace-Parent': 'own', traceparent: TRACEPARENT });
  assert.equal(new Headers(headers as Record<string, string>).get('traceparent'), TRACEPARENT);
});

test('leaves out what cannot be the name of a header', () => {
  for (const headers of [{}, new Headers()]) {
    const said = warningsOf(() => {
      for (const name of ['tenant id', 'größe', '', 'a:b', 'a\nb'])
        mapCarrier.set(headers as HeaderMap, name, '1');
      mapCarrier.set(headers as HeaderMap, "x!#$%&'*+-.^_`|~9", '1');
    });
    assert.equal(said.length, 5);
    assert.equal(
      said[0],
      'Left out "tenant id": it can\'t be the name of a header. Expected letters, digits, and !#$%&\'*+-.^_`|~',
    );
    assert.deepEqual(mapCarrier.keys(headers as HeaderMap), ["x!#$%&'*+-.^_`|~9"]);
  }
});

test('takes earlier baggage with a prefix out in any case', () => {
  withPropagator(new JaegerPropagator(), () => {
    const headers: HeaderMap = { 'Uberctx-Tenant': 'old', 'UBERCTX-USER': 'old', Uberctx: 'own' };
    injectContext(ROOT_CONTEXT, headers, mapCarrier);
    assert.deepEqual(headers, { Uberctx: 'own' });
    const document = { 'Uberctx-Tenant': 'own' };
    assert.deepEqual(injectContext(ROOT_CONTEXT, document), { 'Uberctx-Tenant': 'own' });
  });
});
