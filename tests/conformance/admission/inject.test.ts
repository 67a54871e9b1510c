import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import type { V1EnvVar, V1Pod } from '@kubernetes/client-node';
import { annotationsCarrier, extractContext, injectIntoPodSpec } from '@beyond-headers/propagation';
import { environmentsOf, POD_CASES, podOf } from './pod-cases.ts';

before(() => {
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
  );
});
after(() => propagation.disable());

const FIELDS = ['TRACEPARENT', 'TRACESTATE', 'BAGGAGE'];

/** Returns the context as a process sees it, with references to annotations resolved and `$$` unescaped. */
function seen({ metadata }: V1Pod, environments: Record<string, V1EnvVar[]>): object {
  const value = ({ value: text, valueFrom }: V1EnvVar) => {
    const key = /\['(.+)'\]/.exec(valueFrom?.fieldRef?.fieldPath ?? '')?.[1];
    return key ? metadata?.annotations?.[key] : text?.replaceAll('$$', '$');
  };
  const context = (env: V1EnvVar[]) =>
    env.filter(({ name }) => FIELDS.includes(name)).map((one) => [one.name, value(one)]);
  return Object.fromEntries(Object.entries(environments).map(([name, env]) => [name, context(env)]));
}

for (const one of POD_CASES.filter(({ unlikeInject }) => !unlikeInject)) {
  test(`injectIntoPodSpec gives the same context: ${one.name}`, () => {
    const pod = podOf(one);
    const carried = extractContext(one.annotations, annotationsCarrier, ROOT_CONTEXT);
    assert.deepEqual(
      seen(pod, environmentsOf(injectIntoPodSpec(pod as never, carried))),
      seen(pod, one.given),
    );
  });
}
