import { kubectl, kubectlWith } from '../../kustomize/support/kubectl.ts';

const NAME = 'jobsets.jobset.x-k8s.io';

/** A minimal definition of JobSet, with any fields. It has no controller: the test creates the Jobs. */
const KIND = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: NAME },
  spec: {
    group: 'jobset.x-k8s.io',
    scope: 'Namespaced',
    names: { kind: 'JobSet', plural: 'jobsets', singular: 'jobset' },
    versions: [
      {
        name: 'v1alpha2',
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
      },
    ],
  },
};

/** Defines JobSet in the cluster, unless the cluster already has it. Returns a function that removes the definition. */
export async function provideJobSets(): Promise<() => Promise<void>> {
  const had = await kubectl('get', 'crd', NAME, '--ignore-not-found', '-o', 'name');
  if (had) return () => Promise.resolve();
  await kubectlWith([KIND], 'create');
  await kubectl('wait', '--for=condition=Established', `crd/${NAME}`, '--timeout=30s');
  return async () => void (await kubectl('delete', 'crd', NAME));
}
