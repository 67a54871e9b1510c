import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJob, withCluster } from '../testing/cluster-client.ts';

function notServed(option: string): RegExp {
  return new RegExp(` ${option}: Forbidden: this stand-in for Kubernetes does not serve it$`);
}

// Requests that a real API server accepts and this one refuses: method, path, headers, and the message of the Status. Tests in
// tests/conformance/kubernetes name more of them.
const LEFT_OUT: readonly (readonly [string, string, Record<string, string>, RegExp])[] = [
  [
    'POST',
    '/apis/batch/v1/namespaces/default/jobs',
    { 'content-type': 'application/vnd.kubernetes.protobuf' },
    /include: application\/json\. .*--dry-run=client -o yaml/,
  ],
  [
    'POST',
    '/api/v1/namespaces/default/secrets',
    { 'content-type': 'application/yaml' },
    /include: application\/json\. /,
  ],
  [
    'PATCH',
    '/apis/batch/v1/namespaces/default/jobs/x',
    { 'content-type': 'application/apply-patch+yaml' },
    /merge-patch\+json\. .*server-side apply/,
  ],
  ['PUT', '/apis/batch/v1/namespaces/default/jobs/x', {}, /PUT of jobs; it serves: create, delete, /],
  ['DELETE', '/api/v1/namespaces/default', {}, /delete of namespaces; it serves: get, list, watch$/],
  ['PATCH', '/api/v1/namespaces/default/secrets/x', {}, /patch of secrets; it serves: create, delete, /],
  ['POST', '/api/v1/namespaces/default/events', {}, /create of events; it serves: get, list, watch$/],
  ['GET', '/apis/batch/v1/cronjobs', {}, /serve \/apis\/batch\/v1\/cronjobs$/],
  ['GET', '/apis/batch/v1/jobs', { accept: 'application/yaml' }, /: application\/json, .*as=Table/],
  ['GET', '/apis/batch/v1/jobs?watch=1&sendInitialEvents=true', {}, notServed('sendInitialEvents')],
  ['POST', '/apis/batch/v1/namespaces/default/jobs?dryRun=All', {}, notServed('dryRun')],
  ['DELETE', '/apis/batch/v1/namespaces/default/jobs/x?dryRun=All', {}, notServed('dryRun')],
  ['DELETE', '/apis/batch/v1/namespaces/default/jobs', {}, /DELETE of jobs; it serves: create, /],
];

// The same for parts of a Job: fields of its pod spec, its spec, and its container, and the field and value that the Status names.
const LEFT_OUT_OF_JOBS: readonly (readonly [pod: object, spec: object, container: object, names: string])[] =
  [
    [{}, { parallelism: 2 }, {}, 'spec.completions: a Job without it'],
    [{ volumes: [{ name: 'a', emptyDir: {} }] }, {}, {}, 'spec.template.spec.volumes: it'],
    [{ schedulingGates: [{ name: 'a' }] }, {}, {}, 'spec.template.spec.schedulingGates: it'],
    [{}, {}, { lifecycle: { preStop: {} } }, 'spec.template.spec.containers[0].lifecycle: it'],
    [{}, {}, { livenessProbe: {} }, 'spec.template.spec.containers[0].livenessProbe: it'],
    [
      {},
      {},
      { volumeMounts: [{ name: 'a', mountPath: '/a' }] },
      'spec.template.spec.containers[0].volumeMounts: it',
    ],
    [{}, {}, { imagePullPolicy: 'Never' }, 'spec.template.spec.containers[0].imagePullPolicy: "Never"'],
  ];

test('what is left out of Jobs is named by its field', async () => {
  await withCluster(async ({ url }) => {
    for (const [pod, spec, container, names] of LEFT_OUT_OF_JOBS) {
      const containers = [{ name: 'main', image: 'x', ...container }];
      const template = { spec: { restartPolicy: 'Never', containers, ...pod } };
      const response = await createJob(url, { metadata: { name: 'x' }, spec: { ...spec, template } });
      const { message } = (await response.json()) as { message: string };
      const [field = '', what = ''] = names.split(': ');
      const why = `${field}: Forbidden: this stand-in for Kubernetes does not serve ${what}`;
      assert.deepEqual([response.status, message], [422, `Job.batch "x" is invalid: ${why}`]);
    }
  });
});

test('what is left out is named, with what is there instead', async () => {
  await withCluster(async ({ url }) => {
    for (const [method, path, headers, says] of LEFT_OUT) {
      const response = await fetch(url + path, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
      const { message } = (await response.json()) as { message: string };
      assert.ok(response.status >= 400 && response.status < 500, `${method} ${path}: ${response.status}`);
      assert.match(message, says);
      assert.doesNotMatch(message, /application\/(yaml|vnd)/);
    }
  });
});
