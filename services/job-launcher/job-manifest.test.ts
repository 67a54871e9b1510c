import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { readConfig } from '@beyond-headers/service-kit';
import { parse } from 'yaml';
import { jobLauncherConfig, jobSettings } from './config.ts';
import { reportJobManifest, type Launch } from './job-manifest.ts';

before(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()));

const ORDER = '6740e1c2a5f3b1d2c3e4f506';
const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const LAUNCH: Launch = {
  context: trace.setSpanContext(ROOT_CONTEXT, SPAN),
  at: new Date('2026-11-22T21:44:58.707Z'),
};
const SETTINGS = {
  ...jobSettings(
    readConfig(jobLauncherConfig, {
      JOB_NAMESPACE: 'reports',
      JOB_IMAGE: 'report-job:1',
      JOB_OTLP_ENDPOINT: 'http://jaeger:4318',
      JOB_MONGODB_SECRET: 'report-job-mongodb',
      JOB_SERVICE_ACCOUNT: 'report-job',
    }),
  ),
  hostAliases: [{ ip: '10.0.0.3', hostnames: ['jaeger'] }],
};

test('manifest is the one of the golden file', () => {
  const golden = readFileSync(new URL('testing/report-job.golden.yaml', import.meta.url), 'utf8');
  assert.deepEqual(reportJobManifest(ORDER, SETTINGS, LAUNCH), parse(golden));
});

test('without a trace there is neither label nor annotation of it', () => {
  const { metadata } = reportJobManifest(ORDER, SETTINGS, { ...LAUNCH, context: ROOT_CONTEXT });
  assert.equal(metadata?.labels?.['trace-id'], undefined);
  assert.deepEqual(Object.keys(metadata?.annotations ?? {}), ['beyond-headers/launched-at']);
});

test('two manifests share nothing that can be changed', () => {
  const first = reportJobManifest(ORDER, SETTINGS, LAUNCH);
  first.spec?.template.spec?.containers[0]?.env?.splice(0);
  assert.ok(reportJobManifest(ORDER, SETTINGS, LAUNCH).spec?.template.spec?.containers[0]?.env?.length);
});

for (const [logsEndpoint, value] of [
  ['http://logs:4318/', 'http://logs:4318/v1/logs'],
  ['http://logs:4318', 'http://logs:4318/v1/logs'],
  ['http://logs/tenant', 'http://logs/tenant/v1/logs'],
] as const)
  test(`log lines of the pod go to ${value}`, () => {
    const { spec } = reportJobManifest(ORDER, { ...SETTINGS, logsEndpoint }, LAUNCH);
    const env = spec?.template.spec?.containers[0]?.env?.filter(({ name }) => name.includes('LOGS'));
    assert.deepEqual(env, [
      { name: 'OTEL_LOGS_EXPORTER', value: 'otlp' },
      { name: 'OTEL_EXPORTER_OTLP_LOGS_ENDPOINT', value },
    ]);
  });
