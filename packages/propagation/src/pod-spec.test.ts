import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { podOwnersAt } from './pod-owners-at.ts';
import { injectIntoPodSpec, type ContainerLike, type PodSpecLike } from './pod-spec.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf, withFailingLogger } from './testing/warnings.ts';

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

test('says how programs in the pod hang on the context', () => {
  const podSpec: PodSpecLike = { containers: [{ env: [{ name: 'TRACE_SHAPE', value: 'parent' }] }] };
  withPropagator(w3c, () => {
    injectIntoPodSpec(podSpec, exampleContext());
    assert.deepEqual(podSpec.containers[0]?.env, [{ name: 'TRACE_SHAPE', value: 'parent' }, variable]);
    injectIntoPodSpec(podSpec, exampleContext(), { shape: 'link' });
  });
  assert.deepEqual(podSpec.containers[0]?.env, [variable, { name: 'TRACE_SHAPE', value: 'link' }]);
});

test('finds the pod spec in what holds it', () => {
  const owners = [
    (spec: PodSpecLike) => spec,
    (spec: PodSpecLike) => ({ apiVersion: 'v1', kind: 'Pod', metadata: {}, spec }),
    (spec: PodSpecLike) => ({ template: { spec } }),
    (spec: PodSpecLike) => ({ kind: 'Job', spec: { backoffLimit: 1, template: { metadata: {}, spec } } }),
  ];
  for (const owner of owners) {
    const podSpec: PodSpecLike = { containers: [{}] };
    const given = owner(podSpec);
    assert.equal(
      withPropagator(w3c, () => injectIntoPodSpec(given, exampleContext())),
      given,
    );
    assert.deepEqual(podSpec.containers, [{ env: [variable] }]);
  }
});

test('says what to pass and leaves the rest alone', () => {
  const cronJob = { spec: { jobTemplate: { spec: { template: { spec: { containers: [{}] } } } } } };
  const others: unknown[] = [cronJob, {}, null, undefined, 'job', { spec: null }, { containers: 'none' }];
  for (const other of others) {
    const before = structuredClone(other);
    const said = warningsOf(() =>
      assert.equal(injectIntoPodSpec(other as PodSpecLike, exampleContext()), other),
    );
    assert.deepEqual(other, before);
    assert.match(said.join('\n'), /^Carried no context into a pod.*Expected a V1PodSpec.*$/);
  }
});

test('what has no containers is named', () => {
  const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', spec: { jobTemplate: {} } };
  const named: Array<[owner: unknown, name: string]> = [
    [cronJob, 'a CronJob'],
    [[{ kind: 'Job' }], 'a list'],
    ['kind: Job', 'string'],
    [null, 'null'],
    [undefined, 'undefined'],
    // The result of the Kubernetes client before version 1.
    [{ response: {}, body: { kind: 'Job' } }, 'an object with the fields ["response","body"]'],
    [{ kind: 'a\nb' }, 'an object with the fields ["kind"]'],
  ];
  for (const [owner, name] of named) {
    const [said] = warningsOf(() => injectIntoPodSpec(owner as PodSpecLike, exampleContext()));
    assert.equal(
      said,
      `Carried no context into a pod: found no containers in ${name}. Expected a V1PodSpec, V1Pod, V1PodTemplateSpec or V1Job. For a custom resource or a list, pass each result of podOwnersAt().`,
    );
  }
});

test('a container that is not one stops nothing', () => {
  const sound: ContainerLike = {};
  const containers = [null, { env: 'A=1' }, Object.freeze({}), sound];
  const podSpec = { initContainers: {}, containers } as unknown as PodSpecLike;
  const said = warningsOf(() =>
    withPropagator(w3c, () => assert.equal(injectIntoPodSpec(podSpec, exampleContext()), podSpec)),
  );
  assert.match(said.join('\n'), /^Failed to carry context into a pod; the work continues\./);
  assert.deepEqual(sound.env, [{ name: 'TRACEPARENT', value: TRACEPARENT }]);
});

test('a pod that cannot be read stops nothing', () => {
  const owner = {
    get spec(): PodSpecLike {
      throw new Error('not loaded');
    },
  };
  assert.equal(injectIntoPodSpec(owner, exampleContext()), owner);
});

test('nothing below the way of a Job is taken', () => {
  const podSpec = { containers: [{}] };
  const tooDeep = { spec: { template: { spec: { template: podSpec } } } } as unknown as PodSpecLike;
  const said = warningsOf(() => injectIntoPodSpec(tooDeep, exampleContext()));
  assert.equal(said.length, 1);
  assert.deepEqual(podSpec, { containers: [{}] });
});

test('leaves a container as it is when there is nothing to carry', () => {
  const podSpec: PodSpecLike = { containers: [{}] };
  withPropagator(w3c, () => injectIntoPodSpec(podSpec, ROOT_CONTEXT));
  assert.deepEqual(podSpec, { containers: [{}] });
});

test('a logger that throws stops nothing', () => {
  withFailingLogger(() => {
    const owner = {};
    assert.equal(injectIntoPodSpec(owner, exampleContext()), owner);
    assert.deepEqual(podOwnersAt({}, 'spec.template'), []);
  });
});
