import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { KubernetesObject } from '../hardening/kubernetes-object.ts';
import { readManifests, readYaml } from '../hardening/read-manifests.ts';
import { isKnownToClient, schemaFindings } from './schema.ts';

const deployment = () => readYaml('base/writer/deployment.yaml') as KubernetesObject;

test('fields of manifests are those of the API', () => {
  assert.deepEqual(
    readManifests()
      .map(({ object }) => object)
      .filter(isKnownToClient)
      .flatMap(schemaFindings),
    [],
  );
});

for (const [name, expected, spoil] of [
  [
    'a misspelt field',
    'spec.template.spec.containers[0].readynessProbe is not a field',
    (object) => Object.assign(object.spec?.template?.spec?.containers[0] ?? {}, { readynessProbe: {} }),
  ],
  [
    'text for a number',
    'spec.replicas is "2", expected number',
    (object) => Object.assign(object.spec ?? {}, { replicas: '2' }),
  ],
  [
    'one for a list',
    'spec.template.spec.volumes is {}, expected Array<V1Volume>',
    (object) => Object.assign(object.spec?.template?.spec ?? {}, { volumes: {} }),
  ],
  ['a kind that is not there', 'no kind Deployment in apps/v9', (object) => (object.apiVersion = 'apps/v9')],
] as Array<[string, string, (object: KubernetesObject) => unknown]>) {
  test(`schema finds ${name}`, () => {
    const spoilt = deployment();
    spoil(spoilt);
    assert.deepEqual(schemaFindings(spoilt), [`Deployment writer: ${expected}`]);
  });
}
