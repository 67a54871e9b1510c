import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
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
import { cloudEventCarrier } from './cloud-event.ts';

const EVENT = { specversion: '1.0', id: '7', source: '/orders', type: 'order.placed', data: { total: 100 } };
// Every attribute that the specification reserves. The carrier must not change them.
const OWN_NAMES = 'data datacontenttype dataschema id source specversion subject time type'.split(' ');

test('carries context in extension attributes', () => {
  withPropagator(w3c, () => {
    const event = injectContext(exampleContext(), { ...EVENT, tracestate: 'stale=1' }, cloudEventCarrier);
    assert.deepEqual(event, { ...EVENT, traceparent: TRACEPARENT });
    const arrived = JSON.parse(JSON.stringify(event)) as object;
    assert.equal(trace.getSpanContext(extractContext(arrived, cloudEventCarrier))?.spanId, SPAN_ID);
  });
});

test('names attributes by lower-case letters and digits', () => {
  withPropagator(new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }), () => {
    const event = injectContext(exampleContext(), {}, cloudEventCarrier);
    assert.deepEqual(event, { xb3traceid: TRACE_ID, xb3spanid: SPAN_ID, xb3sampled: '1' });
    assert.equal(trace.getSpanContext(extractContext(event, cloudEventCarrier))?.traceId, TRACE_ID);
  });
  for (const [field, name] of [
    ['X-Amzn-Trace-Id', 'xamzntraceid'],
    ['1-dummy.field', '1dummyfield'],
    ['straße_İd', 'straed'],
  ] as const) {
    const event = {};
    cloudEventCarrier.set(event, field, 'value');
    assert.deepEqual(event, { [name]: 'value' });
    assert.equal(cloudEventCarrier.get(event, field), 'value');
  }
});

test('leaves alone what the event says of itself', () => {
  for (const name of [...OWN_NAMES, 'ID', 'spec-version']) {
    const event: object = { [cloudEventCarrier.nameOf?.(name) ?? name]: 'of the event' };
    const before = { ...event };
    const [warning] = warningsOf(() => cloudEventCarrier.set(event, name, 'of a propagator'));
    assert.match(warning ?? '', new RegExp(`^Left out ${name}: `));
    cloudEventCarrier.clear(event, name);
    assert.deepEqual(event, before);
    assert.equal(cloudEventCarrier.get(event, name), undefined);
    assert.deepEqual(cloudEventCarrier.keys(event), []);
  }
});

test('leaves out a field without letter or digit', () => {
  const event = {};
  assert.equal(warningsOf(() => cloudEventCarrier.set(event, '-.-', 'value')).length, 1);
  assert.deepEqual(event, {});
});

test('keeps own attributes where a prefix has no name', () => {
  withPropagator(new JaegerPropagator({ customBaggageHeaderPrefix: '_' }), () => {
    const event = injectContext(exampleContext(), { id: '7', tenant: 'acme' }, cloudEventCarrier);
    assert.deepEqual(Object.keys(event), ['id', 'tenant', 'ubertraceid']);
    assert.equal(propagation.getBaggage(extractContext(event, cloudEventCarrier)), undefined);
  });
});

test('lists extension attributes only', () => {
  const event = { ...EVENT, traceparent: TRACEPARENT, Traceparent: '', trace_state: '', comexample1: '' };
  assert.deepEqual(cloudEventCarrier.keys(event), ['traceparent', 'comexample1']);
});

test('reads no context from anything else', () => {
  for (const event of [
    null,
    undefined,
    'text',
    7,
    [],
    { traceparent: [TRACEPARENT] },
    { Traceparent: TRACEPARENT },
  ])
    withPropagator(w3c, () => assert.equal(extractContext(event as object, cloudEventCarrier), ROOT_CONTEXT));
});
