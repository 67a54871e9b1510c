import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings.ts';
import { warningsIn } from './testing/warnings.ts';
import { DEFAULT_FLUSH_BUDGET_MS } from './variables.ts';

test('defaults need no variable at all', () => {
  assert.deepEqual(readSettings({}), {
    disabled: false,
    serviceName: 'unknown_service:node',
    exporters: ['otlp'],
    logsExporters: [],
    profile: undefined,
    propagators: ['tracecontext', 'baggage'],
    instrumentations: { enabled: undefined, disabled: [] },
    edgePolicy: 'continue',
    shape: 'parent',
    baggageKeys: ['demo.customer.tier'],
    flushBudgetMs: DEFAULT_FLUSH_BUDGET_MS,
    journalDirectory: undefined,
    batch: { maxQueueSize: 2_048, maxBatchSize: 512, delayMs: 500, exportTimeoutMs: 30_000 },
    spanLimits: {
      attributeCountLimit: 128,
      attributeValueLengthLimit: 4_096,
      eventCountLimit: 128,
      linkCountLimit: 128,
      attributePerEventCountLimit: 128,
      attributePerLinkCountLimit: 128,
    },
    sampler: { name: 'parentbased_always_on', ratio: 1 },
    logLevel: undefined,
  });
});

test('blank values mean unset', () => {
  assert.deepEqual(
    readSettings({ OTEL_SERVICE_NAME: ' ', OTEL_NODE_ENABLED_INSTRUMENTATIONS: '' }),
    readSettings({}),
  );
});

test('instrumentations are a list without blanks', () => {
  const { instrumentations } = readSettings({
    OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'mongodb, http,,',
    OTEL_NODE_DISABLED_INSTRUMENTATIONS: ' http ',
  });
  assert.deepEqual(instrumentations, { enabled: ['mongodb', 'http'], disabled: ['http'] });
});

for (const value of ['-1', '0', 'soon', 'Infinity']) {
  test(`flush budget ${value} is named and replaced`, (t) => {
    const warnings = warningsIn(t);
    assert.equal(readSettings({ TELEMETRY_FLUSH_BUDGET_MS: value }).flushBudgetMs, DEFAULT_FLUSH_BUDGET_MS);
    assert.match(warnings[0] ?? '', /TELEMETRY_FLUSH_BUDGET_MS/);
  });
}

/** The variable, its value, the path of the setting, and the expected setting. A warning names an invalid value. */
const NUMBERS: Array<[name: string, value: string, path: string, expected: number]> = [
  ['OTEL_BSP_MAX_QUEUE_SIZE', '4096', 'batch.maxQueueSize', 4_096],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '0', 'batch.maxQueueSize', 2_048],
  ['OTEL_BSP_MAX_QUEUE_SIZE', '1.5', 'batch.maxQueueSize', 2_048],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '100', 'batch.maxBatchSize', 100],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', '9999', 'batch.maxBatchSize', 2_048],
  ['OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 'many', 'batch.maxBatchSize', 512],
  ['OTEL_BSP_SCHEDULE_DELAY', '0', 'batch.delayMs', 0],
  ['OTEL_BSP_SCHEDULE_DELAY', '-1', 'batch.delayMs', 500],
  ['OTEL_BSP_EXPORT_TIMEOUT', '0', 'batch.exportTimeoutMs', 0],
  ['OTEL_BSP_EXPORT_TIMEOUT', 'soon', 'batch.exportTimeoutMs', 30_000],
  ['OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', '10', 'spanLimits.attributeValueLengthLimit', 10],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '20', 'spanLimits.attributeValueLengthLimit', 20],
  ['OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', '0', 'spanLimits.attributeValueLengthLimit', 4_096],
  ['OTEL_ATTRIBUTE_COUNT_LIMIT', '3', 'spanLimits.attributeCountLimit', 3],
  ['OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', '4', 'spanLimits.attributeCountLimit', 4],
  ['OTEL_SPAN_EVENT_COUNT_LIMIT', '0', 'spanLimits.eventCountLimit', 0],
  ['OTEL_SPAN_LINK_COUNT_LIMIT', '-2', 'spanLimits.linkCountLimit', 128],
  ['OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', '5', 'spanLimits.attributePerEventCountLimit', 5],
  ['OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', '6', 'spanLimits.attributePerLinkCountLimit', 6],
];

for (const [name, value, path, expected] of NUMBERS) {
  test(`${name}=${value} becomes ${expected}`, (t) => {
    const warnings = warningsIn(t);
    const [part, field] = path.split('.') as ['batch', 'maxQueueSize'];
    assert.equal(readSettings({ [name]: value })[part][field], expected);
    assert.equal(warnings.length, expected === Number(value) ? 0 : 1);
    assert.ok(warnings.every((line) => line.includes(name)));
  });
}

test('a span limit wins over the one for all signals', () => {
  const { spanLimits } = readSettings({
    OTEL_ATTRIBUTE_COUNT_LIMIT: '3',
    OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: '4',
  });
  assert.equal(spanLimits.attributeCountLimit, 4);
});

const exporters = (value: string) => readSettings({ OTEL_TRACES_EXPORTER: value }).exporters;

test('exporters are those that the variable names', (t) => {
  const warnings = warningsIn(t);
  assert.deepEqual(exporters('none'), []);
  assert.deepEqual(exporters('console, otlp'), ['console', 'otlp']);
  assert.deepEqual(warnings, []);
  assert.deepEqual(exporters('zipkin,otlp'), ['otlp']);
  assert.match(warnings[0] ?? '', /OTEL_TRACES_EXPORTER.*zipkin/);
});

test('a variable without a valid exporter counts as unset', (t) => {
  const warnings = warningsIn(t);
  // Names of exporters in Python and of earlier versions of OpenTelemetry.
  for (const value of ['otlp_proto_http', 'jaeger', ',']) {
    assert.deepEqual(exporters(value), ['otlp']);
    assert.match(warnings.at(-1) ?? '', /OTEL_TRACES_EXPORTER.*using otlp/);
  }
  assert.deepEqual(exporters('jaeger,none'), []);
});

test('a protocol that is not spoken is named', (t) => {
  const warnings = warningsIn(t);
  readSettings({ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' });
  readSettings({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' });
  assert.deepEqual(warnings, []);
  readSettings({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
  assert.match(warnings[0] ?? '', /OTEL_EXPORTER_OTLP_PROTOCOL.*grpc/);
});

test('an endpoint that is not an HTTP URL is named', (t) => {
  const warnings = warningsIn(t);
  readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://u:p@host/otlp' });
  readSettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'x',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://host/v1/traces',
  });
  assert.deepEqual(warnings, []);
  for (const value of [
    'collector:4318',
    '127.0.0.1:4318',
    'grpc://u:s3cret@collector:4317',
    'vendor.example/otlp/s3cret',
    'grpc://vendor.example?key=s3cret',
  ])
    readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: value });
  assert.equal(warnings.length, 5);
  assert.match(warnings[4] ?? '', /OTEL_EXPORTER_OTLP_ENDPOINT is .*grpc:\/\/vendor\.example\/…/);
  assert.match(
    warnings[0] ?? '',
    /OTEL_EXPORTER_OTLP_ENDPOINT is .*collector:4318.*expected a URL such as http:/,
  );
  assert.doesNotMatch(warnings.join(''), /s3cret/);
});

test('an endpoint that nothing uses causes no warning', (t) => {
  const warnings = warningsIn(t);
  const wrong = { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' };
  readSettings({ ...wrong, OTEL_SDK_DISABLED: 'true' });
  readSettings({ ...wrong, OTEL_TRACES_EXPORTER: 'none' });
  readSettings({ ...wrong, OTEL_TRACES_EXPORTER: 'console' });
  assert.deepEqual(warnings, []);
  readSettings({ ...wrong, OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'otlp' });
  readSettings(wrong);
  assert.equal(warnings.length, 4);
});

test('the shape is what its variable says, link when that is none', (t) => {
  const warnings = warningsIn(t);
  assert.equal(readSettings({}).shape, 'parent');
  assert.equal(readSettings({ TRACE_SHAPE: ' Parent+Link ' }).shape, 'parent+link');
  assert.deepEqual(warnings, []);
  assert.equal(readSettings({ TRACE_SHAPE: 'child' }).shape, 'link');
  assert.match(warnings[0] ?? '', /TRACE_SHAPE.*child.*parent, link, parent\+link/);
});

test('the profile is what its variable says', (t) => {
  const warnings = warningsIn(t);
  assert.equal(readSettings({ TELEMETRY_PROFILE: ' Job ' }).profile, 'job');
  assert.equal(readSettings({ TELEMETRY_PROFILE: 'service' }).profile, 'service');
  assert.deepEqual(warnings, []);
  assert.equal(readSettings({ TELEMETRY_PROFILE: 'cron' }).profile, undefined);
  assert.match(warnings[0] ?? '', /TELEMETRY_PROFILE.*cron.*job, service/);
});

test('names count in any case', (t) => {
  const warnings = warningsIn(t);
  const settings = readSettings({
    OTEL_TRACES_EXPORTER: 'OTLP, Console',
    OTEL_LOGS_EXPORTER: 'OTLP',
    OTEL_PROPAGATORS: 'TraceContext,B3Multi',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'HTTP/JSON',
    EDGE_POLICY: ' Ignore ',
  });
  assert.deepEqual(settings.exporters, ['otlp', 'console']);
  assert.deepEqual(settings.logsExporters, ['otlp']);
  assert.deepEqual(settings.propagators, ['tracecontext', 'b3multi']);
  assert.equal(settings.edgePolicy, 'ignore');
  assert.deepEqual(warnings, []);
});

test('times are what a timer can wait', () => {
  const settings = readSettings({
    TELEMETRY_FLUSH_BUDGET_MS: '1500.5',
    OTEL_BSP_SCHEDULE_DELAY: '9999999999',
    OTEL_BSP_EXPORT_TIMEOUT: '9999999999',
  });
  assert.equal(settings.flushBudgetMs, 1_501);
  assert.equal(settings.batch.delayMs, 2 ** 31 - 1);
  assert.equal(settings.batch.exportTimeoutMs, 2 ** 31 - 1);
  assert.equal(readSettings({ TELEMETRY_FLUSH_BUDGET_MS: '9999999999' }).flushBudgetMs, 2 ** 31 - 1);
});
