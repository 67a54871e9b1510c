import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseJson } from './json.ts';
import { group, ids, names, parseOne, tracesWith } from '../testing/otlp.ts';
import { parseOtlp } from './otlp.ts';

const attribute = (key: string) => ({ key, value: { stringValue: key } });

test('a span comes out with all its parts', () => {
  const parsed = parseOne({
    parentSpanId: '00F067AA0BA902B7',
    name: 'POST /orders',
    kind: 2,
    startTimeUnixNano: '1700000000000000001',
    endTimeUnixNano: '1700000000250500003',
    attributes: [{ key: 'http.route', value: { stringValue: '/orders' } }],
    events: [
      {
        name: 'exception',
        timeUnixNano: '1700000000000000002',
        attributes: [{ key: 'a', value: { boolValue: true } }],
      },
    ],
    links: [{ ...ids, attributes: [{ key: 'b', value: { intValue: '1' } }] }],
    status: { code: 2, message: 'boom' },
  });
  assert.deepEqual(parsed, {
    traceId: ids.traceId.toLowerCase(),
    spanId: ids.spanId.toLowerCase(),
    parentSpanId: '00f067aa0ba902b7',
    name: 'POST /orders',
    kind: 'SERVER',
    service: 'writer',
    startNs: 1700000000000000001n,
    endNs: 1700000000250500003n,
    startMs: 1_700_000_000_000,
    endMs: 1_700_000_000_250.5,
    attributes: { 'http.route': '/orders' },
    resource: { 'service.name': 'writer' },
    events: [{ name: 'exception', timeNs: 1700000000000000002n, attributes: { a: true } }],
    links: [{ traceId: ids.traceId.toLowerCase(), spanId: ids.spanId.toLowerCase(), attributes: { b: 1 } }],
    status: { code: 'ERROR', message: 'boom' },
  });
});

test('every missing field has its default', () => {
  const [parsed] = parseOtlp({ resourceSpans: [{ scopeSpans: [{ spans: [{}] }] }] });
  assert.deepEqual(parsed, {
    traceId: '',
    spanId: '',
    name: '',
    kind: 'UNSPECIFIED',
    service: 'unknown_service',
    startNs: 0n,
    endNs: 0n,
    startMs: 0,
    endMs: 0,
    attributes: {},
    resource: {},
    events: [],
    links: [],
    status: { code: 'UNSET' },
  });
});

for (const [kind, name] of [
  [0, 'UNSPECIFIED'],
  [1, 'INTERNAL'],
  [2, 'SERVER'],
  [3, 'CLIENT'],
  [4, 'PRODUCER'],
  [5, 'CONSUMER'],
  ['SPAN_KIND_CONSUMER', 'CONSUMER'],
  [99, 'UNSPECIFIED'],
] as const) {
  test(`kind ${kind} is read as ${name}`, () => {
    assert.equal(parseOne({ kind }).kind, name);
  });
}

test('status codes are read by number and name', () => {
  assert.equal(parseOne({ status: { code: 1 } }).status.code, 'OK');
  assert.equal(parseOne({ status: { code: 'STATUS_CODE_ERROR' } }).status.code, 'ERROR');
  assert.equal(parseOne({ status: { code: '2' } }).status.code, 'ERROR');
  assert.equal(parseOne({ status: {} }).status.code, 'UNSET');
});

test('a value without a text is neither kind nor status', () => {
  const textless = { toString: 1 };
  const { kind, status } = parseOne({ kind: textless, status: { code: textless } });
  assert.deepEqual([kind, status.code], ['UNSPECIFIED', 'UNSET']);
});

test('attribute values keep their types', () => {
  const values = {
    text: { stringValue: '' },
    bool: { boolValue: false },
    int: { intValue: '0' },
    big: { intValue: '9007199254740993' },
    double: { doubleValue: 1.5 },
    bytes: { bytesValue: 'AQI=' },
    list: { arrayValue: { values: [{ stringValue: 'x' }, { intValue: 2 }] } },
    emptyList: { arrayValue: {} },
    map: { kvlistValue: { values: [{ key: 'k', value: { boolValue: true } }] } },
    nothing: {},
  };
  const attributes = Object.entries(values).map(([key, value]) => ({ key, value }));
  assert.deepEqual(parseOne({ attributes }).attributes, {
    text: '',
    bool: false,
    int: 0,
    big: 9007199254740993n,
    double: 1.5,
    bytes: 'AQI=',
    list: ['x', 2],
    emptyList: [],
    map: { k: true },
    nothing: null,
  });
});

test('an attribute named __proto__ is only an attribute', () => {
  const { attributes } = parseOne({ attributes: [{ key: '__proto__', value: { stringValue: 'x' } }] });
  assert.deepEqual(Object.keys(attributes), ['__proto__']);
  assert.equal(Object.getPrototypeOf(attributes), Object.prototype);
});

test('bare nanoseconds beyond 2^53 lose nothing', () => {
  const text = JSON.stringify(tracesWith({ ...ids, startTimeUnixNano: '@' })).replace(
    '"@"',
    '1700000000000000001',
  );
  assert.equal(parseOtlp(parseJson(text))[0]?.startNs, 1700000000000000001n);
});

test('Jaeger answers and lists of chunks are read alike', () => {
  const [first, second] = [tracesWith({ ...ids, name: 'a' }), tracesWith({ ...ids, name: 'b' })];
  assert.deepEqual(names({ result: first }), ['a']);
  assert.deepEqual(names([{ result: first }, second]), ['a', 'b']);
  assert.deepEqual(names({}), []);
  assert.deepEqual(names({ resourceSpans: [] }), []);
});

test('a span that is there twice is returned once', () => {
  const traces = tracesWith({ ...ids, name: 'a' }, { ...ids, name: 'a' }, { ...ids, name: 'other' });
  assert.deepEqual(
    parseOtlp([traces, traces]).map(({ name }) => name),
    ['a', 'other'],
  );
});

test('a copy that Jaeger has sorted and remarked on is the same span', () => {
  const warned = ['a', 'b', '@jaeger@warnings'].map(attribute);
  const sent = { ...ids, attributes: ['b', 'a'].map(attribute) };
  assert.equal(parseOtlp(tracesWith(sent, { ...ids, attributes: warned })).length, 1);
});

const different: Record<string, object> = {
  attribute: { attributes: [{ key: 'a', value: { intValue: '9007199254740993' } }] },
  'type of an attribute': { attributes: [{ key: 'a', value: { stringValue: '9007199254740993n' } }] },
  event: { events: [{ name: 'e', timeUnixNano: '5' }] },
  status: { status: { code: 2 } },
  parent: { parentSpanId: 'b7ad6b7169203331' },
  end: { endTimeUnixNano: '1' },
};
for (const [what, span] of Object.entries(different)) {
  test(`spans with one id that differ in the ${what} are two`, () => {
    const others = Object.values(different).filter((other) => other !== span);
    for (const other of [{}, ...others])
      assert.equal(parseOtlp(tracesWith({ ...ids, ...span }, { ...ids, ...other })).length, 2);
  });
}

test('spans with one id that differ in resource or scope alone are two', () => {
  const scopeSpans = ['one', 'two'].map((name) => ({ scope: { name }, spans: [ids] }));
  assert.equal(parseOtlp({ resourceSpans: [{ ...group('writer'), scopeSpans }] }).length, 2);
  assert.equal(parseOtlp({ resourceSpans: [group('writer', ids), group('poller', ids)] }).length, 2);
});

test('a link to no trace is none, and events come by time', () => {
  const events = ['9', '3'].map((timeUnixNano) => ({ name: timeUnixNano, timeUnixNano }));
  const span = parseOne({
    events,
    links: [{ ...ids, traceId: '' }, { ...ids, traceId: '0'.repeat(32) }, { spanId: ids.spanId }, ids],
  });
  assert.equal(span.links.length, 1);
  assert.deepEqual(
    span.events.map(({ name }) => name),
    ['3', '9'],
  );
});

const notOtlp = [null, 'text', 5, { error: { httpCode: 404 } }, { resourceSpans: 5 }, { result: null }];

for (const wrong of [...notOtlp, { data: [] }, { result: [] }]) {
  test(`${JSON.stringify(wrong)} is refused as no OTLP`, () => {
    assert.throws(() => parseOtlp(wrong), /^TypeError: Failed to read OTLP JSON: got .+ Expected/s);
  });
}

for (const [json, message] of [
  [tracesWith({ ...ids, traceId: 5 }), /got a span with the trace id 5\. Expected a text/],
  [{ resourceSpans: [{ scopeSpans: [{ spans: [null] }] }] }, /got a span that is null\. Expected an object/],
  [{ resourceSpans: [7] }, /got a resource with spans that is 7\. Expected an object/],
  [
    tracesWith({ ...ids, startTimeUnixNano: 'soon' }),
    /got the time 'soon'\. Expected nanoseconds since 1970/,
  ],
  [{ data: [{ traceID: '1', spans: [] }] }, /This is Jaeger's older JSON: GET \/api\/v3\/traces\/ID/],
] as const) {
  test(`what can not be read is said: ${message.source.slice(0, 40)}`, () => {
    assert.throws(() => parseOtlp(json), { name: 'TypeError', message });
  });
}
