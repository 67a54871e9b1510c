import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endOf } from '../support/run.ts';
import { chosen } from './support/choice.ts';
import { nameOf, type Setting } from './settings.ts';

const TIMEOUT_MS = 600_000;

/** Settings that must not affect a suite of `npm test`. To add one, add it to a row, because each row runs a whole suite. */
const SUITES: readonly (Setting & { suite: string })[] = [
  {
    kind: 'test',
    suite: 'unit',
    env: {
      FORCE_COLOR: '1',
      OTEL_SERVICE_NAME: 'zz',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=zz',
      NODE_OPTIONS: '--max-old-space-size=2048',
      KUBECONFIG: '/no/such/a:/no/such/b',
      MONGODB_DATABASE: 'of_the_shell',
    },
  },
  {
    kind: 'test',
    suite: 'integration',
    env: {
      OTEL_SDK_DISABLED: 'true',
      OTEL_TRACES_SAMPLER: 'always_off',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:9/v1/traces',
      K8S_JOB_NAME: 'ci',
      JOB_COMPLETION_INDEX: '0',
      TRACEPARENT: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      MONGODB_URI: 'mongodb://127.0.0.1:9',
      BATCH_SIZE: '7',
      EDGE_POLICY: 'link',
      HTTP_PROXY: 'http://127.0.0.1:9',
      NODE_USE_ENV_PROXY: '1',
    },
  },
];

for (const { suite, env } of chosen(SUITES)) {
  test(`npm test -- ${suite} passes with ${nameOf({ env })}`, { timeout: TIMEOUT_MS }, async () => {
    const { status, stdout } = await endOf(['npm', 'test', '--', suite], {
      // With NODE_TEST_CONTEXT, the suite would act as part of this test run.
      env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env },
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    assert.equal(status, 0, stdout.slice(-20_000));
  });
}
