import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint, lintStore } from '../lint/lint.ts';
import { SpanStore } from '../lint/model/span-store.ts';
import { Sink } from '../lint/read/input.ts';
import { takeJson } from '../lint/read/otlp-json.ts';
import { ids, names, parseOne, tracesWith } from '../testing/otlp.ts';
import { parseOtlp } from './otlp.ts';

test('Tempo’s answers, and the names of the .proto file, are read', () => {
  const spans = tracesWith({ ...ids, name: 'a' });
  for (const answer of [{ trace: spans }, { batches: spans.resourceSpans }])
    assert.deepEqual(names(answer), ['a']);
  const snake = { trace_id: ids.traceId, span_id: ids.spanId, name: 'b', start_time_unix_nano: '7' };
  const [read] = parseOtlp({ resource_spans: [{ scope_spans: [{ spans: [snake] }] }] });
  assert.deepEqual([read?.name, read?.traceId, read?.startNs], ['b', ids.traceId.toLowerCase(), 7n]);
});

test('scopes under their name before OTLP 0.19 are read', () => {
  const [group] = tracesWith({ ...ids, name: 'a' }).resourceSpans;
  const { scopeSpans, ...rest } = group ?? assert.fail();
  const snake = [{ spans: [{ trace_id: ids.traceId, span_id: ids.spanId, name: 'b' }] }];
  for (const empty of [{}, { scopeSpans: null }]) {
    const old = { ...rest, ...empty, instrumentationLibrarySpans: scopeSpans };
    assert.deepEqual(names({ resourceSpans: [old] }), ['a']);
  }
  assert.deepEqual(names({ resource_spans: [{ instrumentation_library_spans: snake }] }), ['b']);
});

test('resources by themselves are read, as OpenTelemetry Java logs them', () => {
  const [group] = tracesWith({ ...ids, name: 'a' }).resourceSpans;
  assert.deepEqual(names(group), ['a']);
  const scoped = [{ spans: [{ trace_id: ids.traceId, span_id: ids.spanId, name: 'b' }] }];
  const others = [{ resource: {}, scopeLogs: [] }, { scopeMetrics: [{}] }];
  assert.deepEqual(names([...others, group, { scope_spans: scoped }]), ['a', 'b']);
});

test('a list that is null has no spans', () => {
  for (const empty of [
    { resourceSpans: null },
    { result: { resourceSpans: null } },
    { resource_spans: null },
  ])
    assert.deepEqual(parseOtlp(empty), []);
});

test('ids in base64, of 64 bits, and of zeros are read', () => {
  const base64 = {
    traceId: 'CvdlGRbNQ92ESOshHIAxnA==',
    spanId: 't61rcWkgMzE=',
    parentSpanId: 'AAAAAAAAAAA=',
  };
  const { traceId, spanId, ...rest } = parseOne(base64);
  assert.deepEqual([traceId, spanId], [ids.traceId.toLowerCase(), ids.spanId.toLowerCase()]);
  assert.ok(!('parentSpanId' in rest));
  assert.equal(parseOne({ traceId: ids.spanId }).traceId, ids.spanId.toLowerCase().padStart(32, '0'));
  for (const none of ['', '0'.repeat(16)]) assert.ok(!('parentSpanId' in parseOne({ parentSpanId: none })));
});

test('flags are read, so that lint finds the same in spans and in their file', () => {
  const unsampled = { flags: 0x300 };
  const json = tracesWith({
    ...ids,
    parentSpanId: '00f067aa0ba902b7',
    ...unsampled,
    links: [{ ...ids, ...unsampled }],
  });
  const [read] = parseOtlp(json);
  assert.deepEqual([read?.flags, read?.links[0]?.flags], [0x300, 0x300]);
  assert.ok(!('flags' in parseOne({ flags: 0 })));
  const rules = lint(parseOtlp(json)).findings.map(({ rule }) => rule);
  assert.ok(rules.includes('unsampled-half') && !rules.includes('orphan'), rules.join());
});

test('a parent of zeros is none for lint of a file, too', () => {
  const request = [
    { key: 'http.request.method', value: { stringValue: 'GET' } },
    { key: 'url.path', value: { stringValue: '/a' } },
  ];
  const span = (id: string, kind: number, more: object) => ({
    traceId: id.repeat(32),
    spanId: id.repeat(16),
    kind,
    startTimeUnixNano: '1700000000000000000',
    endTimeUnixNano: '1700000000001000000',
    attributes: request,
    ...more,
  });
  for (const parentSpanId of ['0000000000000000', 'AAAAAAAAAAA=']) {
    const json = {
      resourceSpans: [{ scopeSpans: [{ spans: [span('a', 3, {}), span('b', 2, { parentSpanId })] }] }],
    };
    const store = new SpanStore();
    takeJson(new Sink(store), 'spans', json);
    assert.deepEqual(lintStore(store).report.findings, lint(parseOtlp(json)).findings);
    assert.ok(lint(parseOtlp(json)).findings.some(({ rule }) => rule === 'lost-context'));
  }
});

test('values of any form are taken, as far as they can be', () => {
  const { startNs, endNs, attributes, kind } = parseOne({
    startTimeUnixNano: '1700000000000000001.5',
    endTimeUnixNano: '1.7e18',
    kind: '3',
    attributes: [null, { key: 'a', value: { intValue: 'many' } }, { key: 'b' }],
    links: [null, {}],
    events: null,
  });
  assert.deepEqual([startNs, endNs, kind], [1700000000000000001n, 1700000000000000000n, 'CLIENT']);
  assert.deepEqual(attributes, { a: 'many', b: null });
});

test('an array without a list of values is empty', () => {
  for (const values of [{}, null, 5, undefined])
    assert.deepEqual(parseOne({ attributes: [{ key: 'a', value: { arrayValue: { values } } }] }).attributes, {
      a: [],
    });
});
