import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context } from '@opentelemetry/api';
import { injectIntoPodSpec, type PodSpecLike } from './pod-spec.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';

const variable = { name: 'TRACEPARENT', value: TRACEPARENT };

test('reaches every container and init container', () => {
  const podSpec: PodSpecLike = {
    containers: [{}, { env: [{ name: 'A', value: '1' }] }],
    initContainers: [{}],
  };
  const result = withPropagator(w3c, () => context.with(exampleContext(), () => injectIntoPodSpec(podSpec)));
  assert.equal(result, podSpec);
  assert.deepEqual(podSpec, {
    containers: [{ env: [variable] }, { env: [{ name: 'A', value: '1' }, variable] }],
    initContainers: [{ env: [variable] }],
  });
});

test('can be repeated without a second variable', () => {
  const podSpec = withPropagator(w3c, () => {
    const once = injectIntoPodSpec<PodSpecLike>({ containers: [{}] }, exampleContext());
    return injectIntoPodSpec(once, exampleContext(0));
  });
  assert.deepEqual(podSpec.containers[0]?.env, [{ ...variable, value: TRACEPARENT.replace(/01$/, '00') }]);
});
