import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { environmentForChild, extractFromEnvironment, runWithExtractedContext } from './environment.ts';
import { isKubernetesJob, shouldExtractImplicitly } from './kubernetes-job.ts';
import { exampleContext, TRACEPARENT, TRACE_ID, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf, withFailingLogger } from './testing/warnings.ts';

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

test('detects a Job by what Kubernetes gave it', () => {
  const KUBERNETES_SERVICE_HOST = '10.0.0.1';
  assert.equal(isKubernetesJob({ K8S_JOB_NAME: 'report' }), true);
  assert.equal(isKubernetesJob({ JOB_COMPLETION_INDEX: '0', KUBERNETES_SERVICE_HOST }), true);
  assert.equal(isKubernetesJob({ JOB_COMPLETION_INDEX: '0' }), false, 'a variable of a shell');
  assert.equal(isKubernetesJob({ KUBERNETES_SERVICE_HOST, K8S_JOB_NAME: '' }), false);
});

test('extracts implicitly only in a Job that carries', () => {
  withPropagator(w3c, () => {
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report', TRACEPARENT }), true);
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report' }), false);
    assert.equal(shouldExtractImplicitly({ TRACEPARENT }), false);
    assert.equal(shouldExtractImplicitly({ TRACEPARENT }, true), true);
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report', TRACEPARENT }, false), false);
  });
});

test('a Job joins by any field that its propagator reads', () => {
  const env = { K8S_JOB_NAME: 'report', B3: `${TRACE_ID}-${'b'.repeat(16)}-1` };
  withPropagator(new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER }), () => {
    assert.equal(trace.getSpanContext(extractFromEnvironment(env))?.traceId, TRACE_ID);
    assert.equal(shouldExtractImplicitly(env), true);
  });
});

/** The variable's value, and its effect in a Job and in another process. */
const SWITCH: Array<[value: string, job: boolean, other: boolean]> = [
  ['off', false, false],
  [' OFF ', false, false],
  ['false', false, false],
  ['0', false, false],
  ['no', false, false],
  ['on', true, true],
  [' True ', true, true],
  ['1', true, true],
  ['yes', true, true],
  ['', true, false],
  ['perhaps', true, false],
];
for (const [value, job, other] of SWITCH) {
  test(`implicit extraction ${JSON.stringify(value)} decides for every process`, () => {
    for (const name of ['TELEMETRY_IMPLICIT_EXTRACTION', 'OTEL_IMPLICIT_EXTRACTION']) {
      withPropagator(w3c, () => {
        assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'r', TRACEPARENT, [name]: value }), job, name);
        assert.equal(shouldExtractImplicitly({ TRACEPARENT, [name]: value }), other, name);
      });
    }
  });
}

test('the new name of the switch wins, the old one is warned of', () => {
  const old = { K8S_JOB_NAME: 'r', TRACEPARENT, OTEL_IMPLICIT_EXTRACTION: 'off' };
  for (const [env, isExtracted, warnings] of [
    [{ ...old, TELEMETRY_IMPLICIT_EXTRACTION: 'on' }, true, 0],
    [old, false, 1],
  ] as const) {
    const said = warningsOf(() =>
      withPropagator(w3c, () => assert.equal(shouldExtractImplicitly(env), isExtracted)),
    );
    assert.equal(said.length, warnings);
    assert.match(said.join(), /^(?:.* has a new name: set TELEMETRY_IMPLICIT_EXTRACTION instead)?$/);
  }
});

test('a switch that is neither on nor off is warned of', () => {
  const said = warningsOf(() => {
    shouldExtractImplicitly({ TRACEPARENT });
    shouldExtractImplicitly({ TELEMETRY_IMPLICIT_EXTRACTION: ' ' });
    shouldExtractImplicitly({ TELEMETRY_IMPLICIT_EXTRACTION: 'perhaps' });
  });
  assert.deepEqual(said, ['TELEMETRY_IMPLICIT_EXTRACTION is "perhaps": expected on or off; ignoring it']);
});

const fields = (): never => {
  throw new Error('no fields');
};

test('a propagator that cannot name its fields extracts nothing implicitly', () => {
  withPropagator({ inject() {}, extract: (base) => base, fields }, () =>
    assert.equal(shouldExtractImplicitly({ K8S_JOB_NAME: 'report', TRACEPARENT: 'x' }), false),
  );
});

test('a blank variable is not set', () => {
  assert.equal(isKubernetesJob({ K8S_JOB_NAME: ' ' }), false);
  const env = { TELEMETRY_IMPLICIT_EXTRACTION: ' ', OTEL_IMPLICIT_EXTRACTION: 'on', TRACEPARENT };
  withPropagator(w3c, () => assert.equal(shouldExtractImplicitly(env), true));
});

test('a switch decides although the logger throws', () => {
  withFailingLogger(() =>
    withPropagator(w3c, () => {
      const env = { K8S_JOB_NAME: 'r', TRACEPARENT };
      assert.equal(shouldExtractImplicitly({ ...env, TELEMETRY_IMPLICIT_EXTRACTION: 'perhaps' }), true);
      assert.equal(shouldExtractImplicitly({ ...env, OTEL_IMPLICIT_EXTRACTION: 'off' }), false);
    }),
  );
});
