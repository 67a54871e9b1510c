import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { readConfig } from '@beyond-headers/service-kit';
import { jobLauncherConfig, jobSettings } from '../../../services/job-launcher/config.ts';
import { reportJobManifest } from '../../../services/job-launcher/job-manifest.ts';
import type { KubernetesObject } from './kubernetes-object.ts';
import { readManifests, readYaml } from './read-manifests.ts';
import { findings } from './rules.ts';

const SETTINGS = jobSettings(readConfig(jobLauncherConfig, { JOB_MONGODB_SECRET: 'report-job-mongodb' }));
const LAUNCH = { context: ROOT_CONTEXT, at: new Date(0) };
/** Returns a copy of the manifest that a test may change. */
const launchedJob = () =>
  JSON.parse(JSON.stringify(reportJobManifest('0'.repeat(24), SETTINGS, LAUNCH))) as KubernetesObject;

test("the launcher's Job passes the hardening rules", () => {
  assert.deepEqual(findings(launchedJob()), []);
});

test('the manifests of k8s pass the hardening rules', () => {
  const manifests = readManifests();
  assert.ok(manifests.length >= 50, `there are ${manifests.length} manifests to check`);
  assert.deepEqual(
    manifests.flatMap(({ object }) => findings(object)),
    [],
  );
});

test('the launcher may only create and read Jobs', () => {
  const roles = readManifests().filter(
    ({ object }) => object.kind === 'Role' && object.metadata?.name === 'job-launcher',
  );
  assert.deepEqual(
    roles.map(({ object }) => object.rules),
    [
      [
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      ],
    ],
  );
});

for (const [name, spoil] of Object.entries<(job: KubernetesObject) => void>({
  'no deadline': ({ spec }) => delete spec?.activeDeadlineSeconds,
  'service-account token in the pod': ({ spec }) => delete spec?.template?.spec?.automountServiceAccountToken,
  'may run as root': ({ spec }) => delete spec?.template?.spec?.securityContext?.runAsNonRoot,
  'part of the host': ({ spec }) => Object.assign(spec?.template?.spec ?? {}, { hostPID: true }),
  'writable root file system': (job) => delete container(job)?.securityContext?.readOnlyRootFilesystem,
  'no memory limit': (job) => delete container(job)?.resources?.limits?.['memory'],
  'without a fixed tag': (job) => Object.assign(container(job) ?? {}, { image: 'report-job:latest' }),
  'with a password': (job) =>
    container(job)?.env?.push({ name: 'MONGODB_URI', value: 'mongodb://me:pw@host/' }),
})) {
  test(`rule finds: ${name}`, () => {
    const job = launchedJob();
    spoil(job);
    assert.equal(findings(job).length, 1);
  });
}

for (const [name, spoil] of Object.entries<(deployment: KubernetesObject) => void>({
  'no startup probe': (deployment) => delete container(deployment)?.startupProbe,
  'nothing says whether it is ready': (deployment) => delete container(deployment)?.readinessProbe,
  'probes on the same path': (deployment) => {
    const spoilt = container(deployment);
    if (spoilt?.livenessProbe) spoilt.readinessProbe = spoilt.livenessProbe;
  },
  'probe of a port without that name': (deployment) =>
    Object.assign(container(deployment) ?? {}, {
      ports: [{ name: 'web', containerPort: 8081 }],
      livenessProbe: {},
    }),
  'variables of every Service': ({ spec }) => delete spec?.template?.spec?.enableServiceLinks,
  'no CPU request': (deployment) => delete container(deployment)?.resources?.requests?.['cpu'],
  privilege: (deployment) =>
    Object.assign(container(deployment)?.securityContext ?? {}, { privileged: true }),
})) {
  test(`a rule detects in a Deployment: ${name}`, () => {
    const deployment = readYaml('base/writer/deployment.yaml') as KubernetesObject;
    assert.deepEqual(findings(deployment), []);
    spoil(deployment);
    assert.notEqual(findings(deployment).length, 0);
  });
}

test('rule finds rights beyond those agreed', () => {
  const rules = [{ apiGroups: [''], resources: ['secrets', 'pods'], verbs: ['get', '*'] }];
  assert.deepEqual(findings({ kind: 'Role', metadata: { name: 'greedy' }, rules }), [
    'Role greedy: may get /secrets',
    'Role greedy: may * /secrets',
    'Role greedy: may * /pods',
  ]);
});

const container = ({ spec }: KubernetesObject) => spec?.template?.spec?.containers[0];
