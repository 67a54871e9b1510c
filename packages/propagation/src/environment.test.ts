import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { environmentForChild, extractFromEnvironment, runWithExtractedContext } from './environment.ts';
import { isKubernetesJob, shouldExtractImplicitly } from './kubernetes-job.ts';
import { exampleContext, TRACEPARENT, TRACE_ID, w3c, withPropagator } from './testing/propagators.ts';

test('reads the context of the environment', () => {
  withPropagator(w3c, () => {
    assert.equal(trace.getSpanContext(extractFromEnvironment({ TRACEPARENT }))?.traceId, TRACE_ID);
    assert.equal(extractFromEnvironment({}), ROOT_CONTEXT);
  });
});

test('a child gets the current context', () => {
  const env = {
    TRACEPARENT: TRACEPARENT.replace(TRACE_ID, 'a'.repeat(32)),
    TRACESTATE: 'old=1',
    PATH: '/bin',
  };
  const child = withPropagator(w3c, () => context.with(exampleContext(), () => environmentForChild(env)));
  assert.deepEqual(child, { TRACEPARENT, PATH: '/bin' });
  assert.equal(env.TRACESTATE, 'old=1', 'the own environment stays as it is');
});

test('a child gets no stale context', () => {
  assert.deepEqual(
    withPropagator(w3c, () => environmentForChild({ TRACEPARENT, PATH: '/bin' })),
    { PATH: '/bin' },
  );
});

test('runs a function with the extracted context', () => {
  process.env.TRACEPARENT = TRACEPARENT;
  try {
    const seen = withPropagator(w3c, () =>
      runWithExtractedContext(() => trace.getSpanContext(context.active())),
    );
    assert.equal(seen?.traceId, TRACE_ID);
  } finally {
    delete process.env.TRACEPARENT;
  }
});

test('detects a Job by what it is given', () => {
  assert.equal(isKubernetesJob({ K8S_JOB_NAME: 'report' }), true);
  assert.equal(isKubernetesJob({ JOB_COMPLETION_INDEX: '0' }), true);
  assert.equal(isKubernetesJob({ KUBERNETES_SERVICE_HOST: '10.0.0.1', K8S_JOB_NAME: '' }), false);
});

test('extracts implicitly only in a Job that carries', () => {
  withPropagator(w3c, () => {
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report', TRACEPARENT }), true);
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report' }), false);
    assert.equal(shouldExtractImplicitly({ TRACEPARENT }), false);
  });
});

test('implicit extraction can be switched off', () => {
  withPropagator(w3c, () => {
    for (const OTEL_IMPLICIT_EXTRACTION of ['off', ' OFF ', 'false', '0', 'no'])
      assert.equal(
        shouldExtractImplicitly({ K8S_JOB_NAME: 'r', TRACEPARENT, OTEL_IMPLICIT_EXTRACTION }),
        false,
      );
    assert.equal(
      shouldExtractImplicitly({ K8S_JOB_NAME: 'r', TRACEPARENT, OTEL_IMPLICIT_EXTRACTION: 'on' }),
      true,
    );
  });
});
