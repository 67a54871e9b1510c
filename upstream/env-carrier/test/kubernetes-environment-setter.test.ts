import * as assert from 'node:assert';
import { spawnSync } from 'node:child_process';
// In the upstream repository, these are globals of mocha.
import { describe, it } from 'node:test';
import { ROOT_CONTEXT, trace, TraceFlags } from '@opentelemetry/api';
import { TraceState, W3CTraceContextPropagator } from '@opentelemetry/core';
import { KubernetesEnvironmentSetter, type KubernetesEnvVar } from '../src/index.ts';

/** Returns what a program in the container reads, expanded as in https://kubernetes.io/docs/reference/kubernetes-api/ ("value"). */
function startedWith(env: readonly KubernetesEnvVar[]): Record<string, string> {
  const started: Record<string, string> = {};
  for (const { name, value = '' } of env) {
    started[name] = value.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (reference: string, other?: string) =>
      other === undefined ? '$' : (started[other] ?? reference),
    );
  }
  return started;
}

describe('KubernetesEnvironmentSetter', () => {
  it('should normalize keys when setting values', () => {
    const env: KubernetesEnvVar[] = [];
    const setter = new KubernetesEnvironmentSetter(env);

    setter.set(undefined, 'traceparent', 'traceparent-value');
    setter.set(undefined, 'x-b3-traceid', 'b3-value');
    setter.set(undefined, '1abc', 'leading-digit-value');
    setter.set(undefined, '', 'empty-key-value');

    assert.deepStrictEqual(env, [
      { name: 'TRACEPARENT', value: 'traceparent-value' },
      { name: 'X_B3_TRACEID', value: 'b3-value' },
      { name: '_1ABC', value: 'leading-digit-value' },
      { name: '_', value: 'empty-key-value' },
    ]);
  });

  it('should replace variables of the same name in place', () => {
    const env: KubernetesEnvVar[] = [
      { name: 'BEFORE', value: 'kept' },
      { name: 'TRACEPARENT', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'AFTER', value: 'of $(TRACEPARENT)' },
      { name: 'TRACEPARENT', value: 'stale' },
    ];

    new KubernetesEnvironmentSetter(env).set(undefined, 'traceparent', 'new');

    assert.deepStrictEqual(env, [
      { name: 'BEFORE', value: 'kept' },
      { name: 'TRACEPARENT', value: 'new' },
      { name: 'AFTER', value: 'of $(TRACEPARENT)' },
    ]);
    assert.strictEqual(startedWith(env)['AFTER'], 'of new');
  });

  it('should leave variables in lower case alone', () => {
    const env: KubernetesEnvVar[] = [{ name: 'traceparent', value: 'of the application' }];

    new KubernetesEnvironmentSetter(env).set(undefined, 'traceparent', 'new');

    assert.deepStrictEqual(env, [
      { name: 'traceparent', value: 'of the application' },
      { name: 'TRACEPARENT', value: 'new' },
    ]);
  });

  for (const value of ['$(SECRET)', '$$(SECRET)', '$$$(SECRET)', 'a$b', '$', '$$', '$(', '$()', '']) {
    it(`should have the container read ${JSON.stringify(value)} as it is`, () => {
      const env: KubernetesEnvVar[] = [
        { name: 'SECRET', value: 'hunter2' },
        { name: '', value: 'of the empty name' },
      ];

      new KubernetesEnvironmentSetter(env).set(undefined, 'tracestate', value);

      assert.strictEqual(startedWith(env)['TRACESTATE'], value);
    });
  }

  it('should hand a context to a process in the container', () => {
    const env: KubernetesEnvVar[] = [{ name: 'SECRET', value: 'hunter2' }];
    const context = trace.setSpanContext(ROOT_CONTEXT, {
      traceId: '0102030405060708090a0b0c0d0e0f10',
      spanId: '0102030405060708',
      traceFlags: TraceFlags.SAMPLED,
      traceState: new TraceState('vendor=$(SECRET)'),
    });

    new W3CTraceContextPropagator().inject(context, undefined, new KubernetesEnvironmentSetter(env));

    const program = `
      import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
      import { W3CTraceContextPropagator } from '@opentelemetry/core';
      import { EnvironmentGetter } from '@opentelemetry/propagator-env-carrier';
      const context = new W3CTraceContextPropagator().extract(ROOT_CONTEXT, undefined, new EnvironmentGetter());
      const { traceId, spanId, traceState } = trace.getSpanContext(context);
      console.log([traceId, spanId, traceState.serialize()].join(' '));
    `;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: import.meta.dirname,
      env: startedWith(env),
      encoding: 'utf8',
    });
    assert.strictEqual(
      stdout.trim(),
      '0102030405060708090a0b0c0d0e0f10 0102030405060708 vendor=$(SECRET)',
      stderr,
    );
  });
});
