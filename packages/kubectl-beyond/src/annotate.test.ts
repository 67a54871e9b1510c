import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { annotate } from './annotate.ts';

const context = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: 1,
});
const annotations = { 'tracing.k8s.io/traceparent': `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` };

before(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()));
after(() => propagation.disable());

test('a Job, its template, and what else they are annotated with', () => {
  const job = { metadata: { annotations: { team: 'orders' } }, spec: { template: { spec: {} } } };
  assert.deepEqual(annotate(job, context), {
    metadata: { annotations: { team: 'orders', ...annotations } },
    spec: { template: { metadata: { annotations }, spec: {} } },
  });
});

test('a CronJob down to its pods, and each object of a list', () => {
  const cronJob = { spec: { jobTemplate: { spec: { template: {} } } } };
  const metadata = { annotations };
  assert.deepEqual(annotate({ items: [cronJob, {}] }, context), {
    items: [
      { metadata, spec: { jobTemplate: { metadata, spec: { template: { metadata } } } } },
      { metadata },
    ],
  });
});

test('what only looks like a template or a list stays as it is', () => {
  const custom = { items: {}, spec: { template: 'Hello {{ name }}', jobTemplate: null } };
  const annotated = annotate(custom as never, context);
  assert.deepEqual(annotated, { metadata: { annotations }, ...custom });
});

test('without a context nothing is added', () => {
  assert.deepEqual(annotate({ spec: { template: {} } }, ROOT_CONTEXT).spec.template, {
    metadata: { annotations: {} },
  });
});
