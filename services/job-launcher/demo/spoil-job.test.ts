import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { DemoSwitches } from '@beyond-headers/contracts';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../config.ts';
import { reportJobManifest } from '../job-manifest.ts';
import { spoilJob } from './spoil-job.ts';

before(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()));

const SPAN = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const OURS = `00-${SPAN.traceId}-${SPAN.spanId}-01`;
const SETTINGS = jobSettings(readConfig(jobLauncherConfig, {}));

const finished = () =>
  reportJobManifest('6740e1c2a5f3b1d2c3e4f506', SETTINGS, {
    context: trace.setSpanContext(ROOT_CONTEXT, SPAN),
    at: new Date(0),
  });

function environment(demo?: DemoSwitches): Array<[string, string | undefined]> {
  const env = spoilJob(finished(), demo).spec?.template.spec?.containers[0]?.env ?? [];
  return env.filter(({ name }) => /trace|fault/i.test(name)).map(({ name, value }) => [name, value]);
}

test('a Job that no switch changes stays as it is', () => {
  assert.deepEqual(spoilJob(finished(), undefined), finished());
  assert.deepEqual(spoilJob(finished(), { job: 'on', document: 'off' }), finished());
});

test('carrier off leaves the environment without context', () => {
  assert.deepEqual(environment({ job: 'off' }), []);
});

test('lower case keeps the value under an unread name', () => {
  assert.deepEqual(environment({ job: 'lowercase' }), [['traceparent', OURS]]);
});

test('a fault reaches the job beside the carrier', () => {
  assert.deepEqual(environment({ jobFault: 'crash' }), [
    ['TRACEPARENT', OURS],
    ['DEMO_JOB_FAULT', 'crash'],
  ]);
});
