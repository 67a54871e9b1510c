import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { before, test } from 'node:test';
import { pollerApi, pollerStatus } from '../../services/poller/api.ts';
import { IN_DEMO, LASTING } from '../../services/services.ts';
import { findings } from '../conformance/hardening/rules.ts';
import type { KubernetesObject } from '../conformance/hardening/kubernetes-object.ts';
import { environmentFindings, SCHEMAS } from '../conformance/manifests/environment.ts';
import { environmentsOf, jobOf } from '../conformance/manifests/environment-of.ts';
import { allowedFlows, describeFlow } from '../conformance/manifests/flows.ts';
import { podsOf } from '../conformance/manifests/pods.ts';
import { isKnownToClient, schemaFindings } from '../conformance/manifests/schema.ts';
import { neededByTrace } from '../conformance/manifests/trace-flows.ts';
import { wiringFindings } from '../conformance/manifests/wiring.ts';
import { isOfKeda } from './support/keda.ts';
import { render } from './support/kubectl.ts';

const LASTING_NAMES: readonly string[] = Object.values(LASTING).map(({ name }) => name);
const SCALED = 'k8s/overlays/scaled';
const OVERLAYS = [
  'k8s/overlays/local',
  'k8s/overlays/tilt',
  'k8s/overlays/production-like',
  SCALED,
  'tests/kustomize/everything',
];
/** Secrets that users create themselves before they run the overlay on their own cluster. */
const BROUGHT = ['writer-mongodb', 'poller-mongodb', 'report-job-mongodb'];
const PRODUCTION = 'k8s/overlays/production-like';

const rendered = new Map<string, KubernetesObject[]>();
before(async () => {
  await Promise.all(OVERLAYS.map(async (folder) => rendered.set(folder, await render(folder))));
});
const objectsOf = (folder: string): KubernetesObject[] => rendered.get(folder) ?? [];
const ofKind = (objects: KubernetesObject[], kind: string) =>
  objects.filter((object) => object.kind === kind);
const names = (objects: KubernetesObject[]) => objects.map(({ metadata }) => metadata?.name ?? '').toSorted();

const folders = globSync('k8s/**/kustomization.yaml').map(dirname);

test('every folder with a kustomization renders alone', async () => {
  assert.ok(folders.length >= 20, `${folders.length} folders`);
  const counts = folders.map(async (folder) => [folder, (await render(folder)).length > 0] as const);
  const empty = (await Promise.all(counts)).filter(([, hasObjects]) => !hasObjects).map(([folder]) => folder);
  // These components only change other resources, and add none.
  assert.deepEqual(empty.toSorted(), ['k8s/components/demo-controls', 'k8s/components/mongo-storage']);
});

for (const folder of OVERLAYS) {
  test(`${folder} has the fields of the API`, () => {
    assert.deepEqual(objectsOf(folder).filter(isKnownToClient).flatMap(schemaFindings), []);
  });

  test(`${folder} passes the hardening list, Jobs too`, () => {
    // The root file system is writable under Tilt, because Tilt copies changed sources into the container.
    const isAllowed = (finding: string) =>
      folder === 'k8s/overlays/tilt' &&
      LASTING_NAMES.some((name) => finding.startsWith(`Deployment ${name}: `)) &&
      finding.includes('writable root');
    const all = [...objectsOf(folder), jobOf(objectsOf(folder))].flatMap(findings);
    assert.deepEqual(
      all.filter((finding) => !isAllowed(finding)),
      [],
    );
  });

  test(`${folder} calls nothing that is not there`, () => {
    assert.deepEqual(wiringFindings(objectsOf(folder), folder === PRODUCTION ? BROUGHT : []), []);
  });

  test(`${folder} sets the variables that are read`, () => {
    const objects = objectsOf(folder);
    assert.deepEqual(environmentsOf([...objects, jobOf(objects)]).flatMap(environmentFindings), []);
  });

  test(`${folder} is in one namespace, under restricted`, () => {
    const [namespace, ...others] = ofKind(objectsOf(folder), 'Namespace');
    assert.equal(others.length, 0);
    assert.equal(namespace?.metadata?.labels?.['pod-security.kubernetes.io/enforce'], 'restricted');
    const elsewhere = objectsOf(folder).filter(
      ({ kind, metadata }) => kind !== 'Namespace' && metadata?.namespace !== namespace.metadata?.name,
    );
    assert.deepEqual(names(elsewhere), []);
  });

  test(`${folder} labels everything as part of the demo`, () => {
    const labels = [
      ...objectsOf(folder).map(({ metadata }) => metadata?.labels ?? {}),
      ...podsOf(objectsOf(folder)).map((pod) => pod.labels),
    ];
    assert.deepEqual(
      labels.filter((one) => one['app.kubernetes.io/part-of'] !== 'beyond-headers'),
      [],
    );
  });
}

test('overlay local names images by the tag local', () => {
  assert.deepEqual(
    ownImages('k8s/overlays/local').filter((image) => !image.endsWith(':local')),
    [],
  );
  const policies = podsOf(objectsOf('k8s/overlays/local')).flatMap(({ spec }) =>
    spec.containers.map(({ imagePullPolicy }) => imagePullPolicy),
  );
  assert.deepEqual([...new Set(policies)], ['IfNotPresent']);
});

test('overlay tilt names images as Tilt builds them', () => {
  const built = [...IN_DEMO.map(({ name }) => name), 'tools'].map((name) => `beyond-headers/${name}`);
  assert.deepEqual(ownImages('k8s/overlays/tilt').toSorted(), built.toSorted());
});

test('overlays for trying have the demo controls on', () => {
  const obeying = LASTING_NAMES.filter((name) => 'DEMO_CONTROLS' in (SCHEMAS[name]?.shape ?? {}));
  for (const folder of ['k8s/overlays/local', 'k8s/overlays/tilt'])
    assert.deepEqual(withDemoControls(folder), obeying.toSorted(), folder);
});

test('production has no demo parts and no secrets', () => {
  const objects = objectsOf(PRODUCTION);
  assert.deepEqual(withDemoControls(PRODUCTION), []);
  assert.deepEqual(ofKind(objects, 'Secret'), []);
  const workloads = podsOf(objects)
    .map(({ name }) => name)
    .toSorted();
  assert.deepEqual(workloads, ['job-launcher', 'otel-collector', 'poller', 'writer']);
  assert.deepEqual(
    ownImages(PRODUCTION).filter((image) => !/:\d/.test(image)),
    [],
  );
});

test('production never runs on one pod alone', () => {
  const objects = objectsOf(PRODUCTION);
  const scaled = ofKind(objects, 'HorizontalPodAutoscaler');
  assert.deepEqual(names(scaled), ['poller', 'writer']);
  assert.deepEqual(
    scaled.filter(({ spec }) => Number(spec?.minReplicas) < 2),
    [],
  );
  const fixed = ofKind(objects, 'Deployment').filter(
    ({ metadata }) => !names(scaled).includes(metadata?.name ?? ''),
  );
  assert.deepEqual(
    fixed.filter(({ spec }) => Number(spec?.replicas) < 2),
    [],
  );
  // A fixed number of replicas would undo the autoscaler's changes at the next apply.
  const both = ofKind(objects, 'Deployment').filter(({ metadata }) =>
    names(scaled).includes(metadata?.name ?? ''),
  );
  assert.deepEqual(
    both.map(({ spec }) => spec?.replicas),
    [undefined, undefined],
  );
  assert.deepEqual(names(ofKind(objects, 'PodDisruptionBudget')), ['job-launcher', 'poller', 'writer']);
});

test('a Collector gets the spans of all', () => {
  for (const folder of [PRODUCTION, SCALED, 'tests/kustomize/everything']) {
    const sent = environmentsOf(objectsOf(folder)).flatMap(({ env }) =>
      env.flatMap(({ name, value }) => (/^(OTEL_EXPORTER|JOB)_OTLP_ENDPOINT$/.test(name) ? value : [])),
    );
    assert.ok(sent.length >= 4);
    assert.deepEqual([...new Set(sent)], ['http://otel-collector:4318'], folder);
  }
});

test('the scaled demo has three members and no fixed pollers', () => {
  const objects = objectsOf(SCALED);
  const mongo = ofKind(objects, 'StatefulSet').find(({ metadata }) => metadata?.name === 'mongo');
  const users = podsOf(objects)
    .find(({ name }) => name === 'mongo')
    ?.spec.containers.find(({ name }) => name === 'users');
  const members = users?.env?.find(({ name }) => name === 'MONGODB_MEMBERS')?.value?.split(',');
  assert.equal(members?.length, Number(mongo?.spec?.replicas));
  const [scaled, ...others] = objects.filter(isOfKeda);
  assert.equal(others.length, 0);
  const target = ofKind(objects, 'Deployment').find(
    ({ metadata }) => metadata?.name === scaled?.spec?.scaleTargetRef?.name,
  );
  assert.equal(target?.metadata?.name, 'poller');
  // A fixed number of replicas would undo the autoscaler's changes at the next apply.
  assert.equal(target.spec?.replicas, undefined);
});

test('the scaled demo reads an age that the poller reports', () => {
  const [scaled] = objectsOf(SCALED).filter(isOfKeda);
  assert.ok(scaled?.spec);
  const { triggers } = scaled.spec as unknown as { triggers: Array<{ metadata: Record<string, string> }> };
  const { url = '', valueLocation = '' } = triggers[0]?.metadata ?? {};
  const { hostname, port, pathname } = new URL(url);
  assert.deepEqual(hostname.split('.'), ['poller', scaled.metadata?.namespace, 'svc']);
  const service = ofKind(objectsOf(SCALED), 'Service').find(({ metadata }) => metadata?.name === 'poller');
  assert.deepEqual(
    service?.spec?.ports?.map((one) => String(one.port)),
    [port],
  );
  assert.ok(`GET ${pathname}` in pollerApi.operations);
  assert.ok(valueLocation in pollerStatus.shape);
});

test('components find the services whatever their own labels', async () => {
  const objects = await render('tests/kustomize/own-labels');
  const endpoints = environmentsOf(objects).flatMap(({ container, env }) =>
    env
      .filter(({ name }) => name === 'OTEL_EXPORTER_OTLP_ENDPOINT')
      .map(({ value }) => `${container} ${value}`),
  );
  assert.deepEqual(
    endpoints.toSorted(),
    LASTING_NAMES.map((name) => `${name} http://otel-collector:4318`).toSorted(),
  );
});

test('storage replaces the volume that is lost', () => {
  const mongo = podsOf(objectsOf('tests/kustomize/everything')).find(({ name }) => name === 'mongo');
  assert.deepEqual(mongo?.spec.volumes?.map(({ name }) => name).toSorted(), ['credentials', 'tmp']);
});

test('each edge of the trace has its flow where it runs', () => {
  for (const folder of ['k8s/overlays/local', 'k8s/overlays/tilt', SCALED]) {
    const objects = objectsOf(folder);
    const flows = allowedFlows(objects, [...podsOf(objects), jobOf(objects).pod]).map(describeFlow);
    assert.deepEqual(
      neededByTrace().filter(({ flow }) => !flows.includes(flow)),
      [],
      folder,
    );
  }
});

function ownImages(folder: string): string[] {
  const objects = objectsOf(folder);
  const images = [...podsOf(objects), jobOf(objects).pod].flatMap(({ spec }) =>
    spec.containers.map(({ image = '' }) => image),
  );
  return [...new Set(images)].filter((image) => image.startsWith('beyond-headers/'));
}

function withDemoControls(folder: string): string[] {
  const on = environmentsOf(objectsOf(folder)).filter(({ env }) =>
    env.some(({ name, value }) => name === 'DEMO_CONTROLS' && value === 'on'),
  );
  return on.map(({ container }) => container).toSorted();
}
