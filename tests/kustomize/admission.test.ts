import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { KubernetesObject, PodTemplate } from '../conformance/hardening/kubernetes-object.ts';
import { jobOf } from '../conformance/manifests/environment-of.ts';
import { isOfKeda, kedaDefinition } from './support/keda.ts';
import { kubectl, kubectlWith, render } from './support/kubectl.ts';

const FOLDERS = [
  'k8s/overlays/local',
  'k8s/overlays/tilt',
  'k8s/overlays/production-like',
  'k8s/overlays/scaled',
  'tests/kustomize/everything',
];
const RESTRICTED = { 'pod-security.kubernetes.io/enforce': 'restricted' };
/** A server-side apply also refuses duplicates, such as a variable that is set twice. */
const APPLY = ['apply', '--server-side', '--force-conflicts'];
const DRY_RUN = ['--dry-run=server', '--validate=strict'];
/** The namespace and its service accounts must exist, because a dry run refuses objects that refer to missing ones. */
const namespace = `kustomize-test-${randomBytes(4).toString('hex')}`;

const rendered = new Map<string, KubernetesObject[]>();
let definition: KubernetesObject | undefined;
before(async () => {
  definition = await kedaDefinition();
  if (definition) await define(definition);
  else
    console.log(
      'left out: whether a ScaledObject is admitted; KEDA has to be in the cluster, or Go on the PATH.',
    );
  for (const folder of FOLDERS) rendered.set(folder, (await admissible(folder)).map(intoNamespace));
  const accounts = [...rendered.values()].flat().filter(({ kind }) => kind === 'ServiceAccount');
  const unique = new Map(accounts.map((account) => [account.metadata?.name, account]));
  await kubectlWith(
    [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: RESTRICTED } }],
    'create',
  );
  await kubectlWith([...unique.values()], ...APPLY);
});
after(async () => {
  await kubectl('delete', 'namespace', namespace, '--wait');
  if (definition) await kubectl('delete', 'crd', definition.metadata?.name ?? '');
});

async function define(crd: KubernetesObject): Promise<void> {
  await kubectlWith([crd], ...APPLY);
  await kubectl('wait', `crd/${crd.metadata?.name}`, '--for=condition=Established', '--timeout=30s');
}

async function admissible(folder: string): Promise<KubernetesObject[]> {
  return (await render(folder)).filter((object) => definition || !isOfKeda(object));
}

/** Moves an object into the test's namespace. Returns a Namespace unchanged, because a server-side dry run doesn't create it. */
function intoNamespace(object: KubernetesObject): KubernetesObject {
  if (object.kind === 'Namespace') return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

for (const folder of FOLDERS) {
  test(`${folder} is what the API server takes`, async () => {
    const objects = rendered.get(folder) ?? [];
    const said = await kubectlWith(objects, ...APPLY, ...DRY_RUN);
    assert.ok(objects.length > 15);
    assert.equal(said.match(/\(server dry run\)$/gm)?.length, objects.length, said);
    assert.doesNotMatch(said, /^Warning/m);
  });

  test(`${folder} has pods that restricted admits`, async () => {
    const objects = rendered.get(folder) ?? [];
    const pods = [...objects, jobOf(objects)].flatMap(podOf);
    assert.ok(pods.length >= 5);
    const said = await kubectlWith(pods, 'create', ...DRY_RUN);
    assert.equal(said.match(/created \(server dry run\)$/gm)?.length, pods.length, said);
  });
}

for (const [name, spoil, expected] of [
  [
    'privileged',
    (pod) => Object.assign(pod.spec?.containers[0]?.securityContext ?? {}, { privileged: true }),
    /privileged/,
  ],
  ['root', (pod) => delete pod.spec?.securityContext?.runAsNonRoot, /runAsNonRoot/],
  ['host', (pod) => Object.assign(pod.spec ?? {}, { hostNetwork: true }), /host namespaces/],
] as Array<[string, (pod: PodTemplate) => unknown, RegExp]>) {
  test(`restricted refuses a pod with: ${name}`, async () => {
    const [pod] = [jobOf(rendered.get('k8s/overlays/local') ?? [])].flatMap(podOf);
    assert.ok(pod);
    spoil(pod);
    await assert.rejects(kubectlWith([pod], 'create', ...DRY_RUN), expected);
  });
}

/** Returns the pod of a Deployment or another workload, because the API server enforces Pod Security only on pods. */
function podOf({ kind, metadata, spec }: KubernetesObject): Array<PodTemplate & { kind: string }> {
  const template = spec?.template;
  if (!template?.spec) return [];
  const name = `${kind}-${metadata?.name}`.toLowerCase();
  // The StatefulSet's controller adds the volume of a claim when it creates a pod.
  const volumes = [
    ...(template.spec.volumes ?? []),
    ...(spec && 'volumeClaimTemplates' in spec ? [CLAIM] : []),
  ];
  return [
    structuredClone({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...template.metadata, name, namespace },
      spec: { ...template.spec, ...(volumes.length > 0 && { volumes }) },
    }),
  ];
}

const CLAIM = { name: 'data', persistentVolumeClaim: { claimName: 'data-mongo-0' } };
