import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trace } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { MAX_FIELD_BYTES } from '../limits.ts';
import { exampleContext, SPAN_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { kafkaHeadersCarrier } from './kafka-headers.ts';

const OTHER = TRACEPARENT.replace(SPAN_ID, '1'.repeat(16));
const bytes = (text: string) => Buffer.from(text);

const shapes: readonly [name: string, empty: () => object, full: () => object, expected: object][] = [
  [
    'the object of KafkaJS',
    () => ({}),
    () => ({ id: bytes('7'), traceparent: [bytes(OTHER), OTHER], tracestate: bytes('stale=1') }),
    { id: bytes('7'), traceparent: TRACEPARENT },
  ],
  [
    'a Map of text',
    () => new Map(),
    () => new Map(Object.entries({ id: '7', traceparent: OTHER, tracestate: 'stale=1' })),
    new Map(Object.entries({ id: '7', traceparent: TRACEPARENT })),
  ],
  [
    'a Map of bytes',
    () => new Map(),
    () =>
      new Map([
        [bytes('traceparent'), bytes(OTHER)],
        [bytes('tracestate'), bytes('stale=1')],
        [bytes('traceparent'), bytes(OTHER)],
      ]),
    new Map([['traceparent', TRACEPARENT]]),
  ],
  [
    'a list of objects',
    () => [],
    () => [{ traceparent: bytes(OTHER) }, { id: bytes('7') }, { tracestate: 'stale=1' }],
    [{ id: bytes('7') }, { traceparent: TRACEPARENT }],
  ],
  [
    'a list of pairs',
    () => [['id', '7']],
    () => [
      ['id', '7'],
      [bytes('traceparent'), bytes(OTHER)],
      [bytes('tracestate'), bytes('stale=1')],
    ],
    [
      ['id', '7'],
      ['traceparent', TRACEPARENT],
    ],
  ],
];

for (const [name, empty, full, expected] of shapes)
  test(`replaces and reads in ${name}`, () => {
    withPropagator(w3c, () => {
      assert.deepEqual(injectContext(exampleContext(), full(), kafkaHeadersCarrier), expected);
      const headers = injectContext(exampleContext(), empty(), kafkaHeadersCarrier);
      assert.equal(trace.getSpanContext(extractContext(headers, kafkaHeadersCarrier))?.spanId, SPAN_ID);
      kafkaHeadersCarrier.clear(headers, 'traceparent');
      assert.deepEqual(headers, empty());
    });
  });

for (const [name, headers] of [
  ['the list of KafkaJS', { traceparent: [bytes(OTHER), bytes(TRACEPARENT)] }],
  ['a list of objects', [{ traceparent: OTHER }, { id: '7' }, { traceparent: bytes(TRACEPARENT) }]],
  [
    'a list of pairs',
    [
      ['traceparent', OTHER],
      ['traceparent', TRACEPARENT],
    ],
  ],
  [
    'a Map of bytes',
    new Map([
      [bytes('traceparent'), bytes(OTHER)],
      [bytes('traceparent'), bytes(TRACEPARENT)],
    ]),
  ],
] as const)
  test(`the last of several headers wins in ${name}`, () => {
    assert.equal(kafkaHeadersCarrier.get(headers, 'traceparent'), TRACEPARENT);
    assert.equal(kafkaHeadersCarrier.keys(headers).filter((key) => key === 'traceparent').length, 1);
  });

test('reads nothing where the last header has no text', () => {
  for (const value of [null, undefined, 7, {}, [], [TRACEPARENT, null], new Uint8Array(MAX_FIELD_BYTES + 1)])
    assert.equal(kafkaHeadersCarrier.get({ traceparent: value }, 'traceparent'), undefined);
  assert.equal(
    kafkaHeadersCarrier.get([{ traceparent: OTHER }, { traceparent: null }], 'traceparent'),
    undefined,
  );
});

test('reads bytes up to the limit, inclusive', () => {
  const headers = { baggage: Buffer.alloc(MAX_FIELD_BYTES, 'a') };
  assert.equal(kafkaHeadersCarrier.get(headers, 'baggage')?.length, MAX_FIELD_BYTES);
});

test('reads no name in the wrong case', () => {
  for (const headers of [{ Traceparent: TRACEPARENT }, [{ TRACEPARENT }], new Map([['Traceparent', OTHER]])])
    assert.equal(kafkaHeadersCarrier.get(headers, 'traceparent'), undefined);
});

test('reads nothing from what holds no headers', () => {
  for (const headers of [null, undefined, 7, 'traceparent', [null, 7, 'traceparent', []]]) {
    assert.equal(kafkaHeadersCarrier.get(headers as object, 'traceparent'), undefined);
    assert.deepEqual(kafkaHeadersCarrier.keys(headers as object), []);
  }
});

test('other headers of an object in a list are kept', () => {
  const headers = [{ id: '7', traceparent: OTHER }, null, ['tracestate', 'stale=1']];
  withPropagator(w3c, () => injectContext(exampleContext(), headers, kafkaHeadersCarrier));
  assert.deepEqual(headers, [{ id: '7' }, null, { traceparent: TRACEPARENT }]);
});

test('a byte order mark is part of a value', () => {
  assert.equal(kafkaHeadersCarrier.get({ field: bytes('\uFEFFx') }, 'field'), '\uFEFFx');
});
