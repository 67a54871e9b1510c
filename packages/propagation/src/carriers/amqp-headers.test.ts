import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trace } from '@opentelemetry/api';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, SPAN_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { amqpHeadersCarrier } from './amqp-headers.ts';
import { MAX_AMQP_HEADERS_BYTES } from './amqp-table.ts';

/** The headers of a message that was once a dead letter, as amqplib returns them. */
const deadLetter = (): Record<string, unknown> => ({
  tenant: 'acme',
  'x-death': [{ count: 1, queue: 'orders', time: { '!': 'timestamp', value: 1_700_000_000 } }],
  'x-first-death-queue': 'orders',
});

test('carries context beside other headers', () => {
  withPropagator(w3c, () => {
    const headers = injectContext(
      exampleContext(),
      { tenant: 'acme', tracestate: 'stale=1' },
      amqpHeadersCarrier,
    );
    assert.deepEqual(headers, { tenant: 'acme', traceparent: TRACEPARENT });
    assert.equal(trace.getSpanContext(extractContext(headers, amqpHeadersCarrier))?.spanId, SPAN_ID);
  });
});

test('reads the bytes of other clients', () => {
  withPropagator(w3c, () => {
    const headers = { traceparent: Buffer.from(TRACEPARENT), tracestate: Buffer.from('a=1') };
    const spanContext = trace.getSpanContext(extractContext(headers, amqpHeadersCarrier));
    assert.equal(spanContext?.spanId, SPAN_ID);
    assert.equal(spanContext?.traceState?.serialize(), 'a=1');
  });
});

test('leaves alone what RabbitMQ keeps of dead letters', () => {
  withPropagator(w3c, () => {
    const headers = injectContext(exampleContext(), deadLetter(), amqpHeadersCarrier);
    assert.deepEqual(headers, { ...deadLetter(), traceparent: TRACEPARENT });
    assert.deepEqual(amqpHeadersCarrier.keys(headers), ['tenant', 'traceparent']);
  });
  // A propagator whose fields start with `x-`.
  withPropagator(new JaegerPropagator({ customBaggageHeaderPrefix: 'x' }), () => {
    const headers = injectContext<Record<string, unknown>>(
      exampleContext(),
      deadLetter(),
      amqpHeadersCarrier,
    );
    assert.deepEqual(headers['x-death'], deadLetter()['x-death']);
    assert.equal(headers['x-first-death-queue'], 'orders');
  });
  for (const name of ['x-death', 'x-last-death-reason', 'CC', 'BCC']) {
    const headers = { [name]: 'of the broker' };
    amqpHeadersCarrier.set(headers, name, 'of a propagator');
    amqpHeadersCarrier.clear(headers, name);
    assert.deepEqual(headers, { [name]: 'of the broker' });
    assert.equal(amqpHeadersCarrier.get(headers, name), undefined);
  }
});

test('fills the headers to the last byte and no further', () => {
  const own: Record<string, unknown> = {
    ...deadLetter(),
    retries: 3,
    note: null,
    absent: undefined,
    body: Buffer.alloc(40_000),
  };
  const empty = encodedBytes({ ...own, baggage: '' });
  const room = MAX_AMQP_HEADERS_BYTES - empty;
  const headers = { ...own };
  const [warning] = warningsOf(() => amqpHeadersCarrier.set(headers, 'baggage', 'b'.repeat(room + 1)));
  assert.equal(warning, 'Left out baggage: got 65537 bytes of headers with it. Expected at most 65536.');
  assert.deepEqual(headers, own);
  amqpHeadersCarrier.set(headers, 'baggage', 'b'.repeat(room));
  amqpHeadersCarrier.set(headers, 'baggage', 'c'.repeat(room));
  assert.equal(headers['baggage'], 'c'.repeat(room));
});

test('leaves out a field with a name too long', () => {
  const headers = {};
  const [warning] = warningsOf(() => amqpHeadersCarrier.set(headers, 'é'.repeat(128), 'value'));
  assert.equal(warning, 'Left out a field: got a name of 256 bytes. Expected at most 255.');
  amqpHeadersCarrier.set(headers, `${'é'.repeat(127)}e`, 'value');
  assert.equal(Object.keys(headers).length, 1);
});

test('reads nothing that is neither text nor bytes', () => {
  for (const value of [null, 7, true, {}, [TRACEPARENT], { '!': 'long', value: 7 }])
    assert.equal(amqpHeadersCarrier.get({ traceparent: value }, 'traceparent'), undefined);
  for (const headers of [null, undefined, 7, 'text'])
    assert.equal(amqpHeadersCarrier.get(headers as unknown as object, 'traceparent'), undefined);
});

/** Computes the encoded size from the grammar of the protocol, for the values in this test. */
function encodedBytes(table: object): number {
  let bytes = 4;
  for (const [name, value] of Object.entries(table))
    if (value !== undefined) bytes += 2 + name.length + sizeOf(value);
  return bytes;
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string' || Buffer.isBuffer(value)) return 4 + value.length;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + 1 + sizeOf(item), 4);
  return typeof value === 'object' && value !== null && !('!' in value) ? encodedBytes(value) : 8;
}
