import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readSettings } from './settings.ts';
import { DEFAULT_FLUSH_BUDGET_MS } from './variables.ts';

test('defaults need no variable at all', () => {
  assert.deepEqual(readSettings({}), {
    disabled: false,
    serviceName: 'unknown_service:node',
    tracesUrl: 'http://127.0.0.1:4318/v1/traces',
    instrumentations: undefined,
    edgePolicy: 'continue',
    baggageKeys: ['demo.customer.tier'],
    flushBudgetMs: DEFAULT_FLUSH_BUDGET_MS,
    journalDirectory: undefined,
  });
});

test('blank values mean unset', () => {
  assert.deepEqual(
    readSettings({ OTEL_SERVICE_NAME: ' ', OTEL_NODE_ENABLED_INSTRUMENTATIONS: '' }),
    readSettings({}),
  );
});

test('base endpoint gets the path of the signal', () => {
  const { tracesUrl } = readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318/' });
  assert.equal(tracesUrl, 'http://jaeger:4318/v1/traces');
});

test('traces endpoint is used as it is', () => {
  const { tracesUrl } = readSettings({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://collector/own',
  });
  assert.equal(tracesUrl, 'https://collector/own');
});

test('instrumentations are a list without blanks', () => {
  const { instrumentations } = readSettings({ OTEL_NODE_ENABLED_INSTRUMENTATIONS: 'mongodb, http,,' });
  assert.deepEqual(instrumentations, ['mongodb', 'http']);
});

for (const value of ['-1', '0', 'soon', 'Infinity']) {
  test(`flush budget ${value} is named and replaced`, (t) => {
    const said = t.mock.method(console, 'error', () => {});
    assert.equal(readSettings({ TELEMETRY_FLUSH_BUDGET_MS: value }).flushBudgetMs, DEFAULT_FLUSH_BUDGET_MS);
    assert.match(String(said.mock.calls[0]?.arguments[0]), /TELEMETRY_FLUSH_BUDGET_MS/);
  });
}
