import assert from 'node:assert/strict';
import { test } from 'node:test';
import { podOwnersAt } from './pod-owners-at.ts';
import { injectIntoPodSpec } from './pod-spec.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf } from './testing/warnings.ts';

const jobTemplate = () => ({ spec: { template: { spec: { containers: [{}] } } } });

test('finds each template in a list', () => {
  const [first, second] = [jobTemplate(), jobTemplate()];
  const jobSet = { spec: { replicatedJobs: [{ template: first }, { template: second }] } };
  const owners = podOwnersAt(jobSet, 'spec.replicatedJobs.*.template');
  assert.deepEqual(owners, [first, second]);
  withPropagator(w3c, () => owners.map((owner) => injectIntoPodSpec(owner, exampleContext())));
  const env = [{ name: 'TRACEPARENT', value: TRACEPARENT }];
  for (const { spec } of [first, second]) assert.deepEqual(spec.template.spec.containers, [{ env }]);
});

test('finds one template by its names', () => {
  const template = { spec: { containers: [] } };
  assert.deepEqual(podOwnersAt({ spec: { worker: { podTemplate: template } } }, 'spec.worker.podTemplate'), [
    template,
  ]);
});

test('leaves out items without a template', () => {
  const template = jobTemplate();
  const items = [{}, null, 'text', { template: null }, { template }];
  assert.deepEqual(podOwnersAt({ items }, 'items.*.template'), [template]);
});

test('says which path leads nowhere', () => {
  const resource = { spec: { list: {}, text: 'x', none: null } };
  for (const path of [
    '',
    'spec.jobs',
    'spec.list.*',
    'spec.text',
    'spec.none.x',
    'constructor',
    '__proto__',
  ]) {
    const said = warningsOf(() => assert.deepEqual(podOwnersAt(resource, path), []));
    assert.ok(said.join().includes(JSON.stringify(path)), said.join());
  }
});

test('what is found is not warned of', () => {
  assert.deepEqual(
    warningsOf(() => podOwnersAt({ spec: { template: {} } }, 'spec.template')),
    [],
  );
});

test('no part of a text is a template', () => {
  const said = warningsOf(() => {
    for (const path of ['*', '*.*', 'kind.length', 'none.deeper', 'spec.deeper'])
      assert.deepEqual(podOwnersAt({ kind: 'Job', spec: null }, path), []);
  });
  assert.equal(said.length, 5);
});

test('a star takes the items of a map, too', () => {
  const [Master, Worker] = [{ template: {} }, { template: {} }];
  const job = { spec: { pytorchReplicaSpecs: { Master, Worker } } };
  assert.deepEqual(podOwnersAt(job, 'spec.pytorchReplicaSpecs.*.template'), [{}, {}]);
});

test('what cannot be read has no templates', () => {
  const resource = {
    get spec(): object {
      throw new Error('not loaded');
    },
  };
  assert.deepEqual(podOwnersAt(resource, 'spec.template'), []);
  assert.deepEqual(podOwnersAt({}, undefined as never), []);
});
