import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '@beyond-headers/local-process';
import {
  createJob,
  jobManifest,
  jobsUrl,
  listPods,
  podsUrl,
  readJob,
  withCluster,
} from '../testing/cluster-client.ts';

// Method, path, body, content type, and the expected status code.
const BAD_REQUESTS: readonly (readonly [string, string, string | undefined, string, number])[] = [
  ['POST', '/jobs', '{', 'application/json', 400],
  ['POST', '/jobs', '', 'application/json', 400],
  ['POST', '/jobs', '[]', 'application/json', 400],
  ['POST', '/jobs', '"x"', 'application/json', 400],
  ['POST', '/jobs', 'null', 'application/json', 422],
  ['POST', '/jobs', '{}', 'application/json', 422],
  [
    'POST',
    '/jobs',
    '{"metadata":{"name":"x"},"spec":{"template":{"spec":{"containers":[null,{}]}}}}',
    'application/json',
    422,
  ],
  ['POST', '/jobs', '{"metadata":"x"}', 'application/json', 400],
  ['POST', '/jobs', '{"metadata":{"labels":["x"]}}', 'application/json', 400],
  ['POST', '/jobs', '{"kind":"Pod","apiVersion":"v1"}', 'application/json', 400],
  ['POST', '/jobs', '{"__proto__":{"a":1},"constructor":1}', 'application/json', 422],
  ['POST', '/jobs', 'a=b', 'application/x-www-form-urlencoded', 415],
  ['POST', '/jobs', '\u0000\u0001', 'application/vnd.kubernetes.protobuf', 415],
  ['POST', '/jobs', 'x'.repeat(3_200_000), 'application/json', 413],
  ['POST', '/jobs?fieldValidation=maybe', '{}', 'application/json', 422],
  ['PUT', '/jobs/x', '{}', 'application/json', 405],
  ['POST', '/jobs/x', '{}', 'application/json', 405],
  ['PATCH', '/jobs/x', '{}', 'application/merge-patch+json', 404],
  ['PATCH', '/jobs/x', '{}', 'application/json', 415],
  ['GET', '/jobs/x', undefined, '', 404],
  ['GET', '/jobs/%E0%A4%A', undefined, '', 400],
  ['GET', '/jobs/__proto__', undefined, '', 404],
  ['GET', '/widgets', undefined, '', 404],
  ['GET', '/__proto__', undefined, '', 404],
  ['GET', '/jobs/x/y', undefined, '', 404],
  ['GET', '/jobs?labelSelector=%21%21', undefined, '', 400],
  ['GET', '/jobs?fieldSelector=a', undefined, '', 400],
  ['GET', '/jobs?limit=x', undefined, '', 400],
  ['GET', '/jobs?resourceVersion=x', undefined, '', 400],
  ['GET', '/jobs?resourceVersion=999999999999999', undefined, '', 504],
  ['GET', '/jobs?watch=1&timeoutSeconds=x', undefined, '', 400],
  ['DELETE', '/jobs/x', undefined, '', 404],
  ['DELETE', '/jobs/x?propagationPolicy=Bogus', undefined, '', 422],
];

test('what is wrong is answered with a Status of the right code', async () => {
  await withCluster(async ({ url }) => {
    const base = `${url}/apis/batch/v1/namespaces/default`;
    for (const [method, path, body, type, code] of BAD_REQUESTS) {
      const init = {
        method,
        headers: type ? { 'content-type': type } : {},
        ...(body === undefined ? {} : { body }),
      };
      const response = await fetch(base + path, init);
      const what = `${method} ${path} ${body?.slice(0, 60) ?? ''}`;
      const status = (await response.json()) as Record<string, unknown>;
      assert.deepEqual(
        [response.status, status['kind'], status['status'], status['code']],
        [code, 'Status', 'Failure', code],
        what,
      );
    }
    assert.equal((await createJob(url, jobManifest('still-works', 'true'))).status, 201);
  });
});

test('a patch cannot reach the prototype of objects', async () => {
  await withCluster(async ({ url }) => {
    await createJob(url, jobManifest('guarded', 'true', { suspend: true }));
    for (const [type, body] of [
      ['json-patch', [{ op: 'add', path: '/__proto__/polluted', value: 'yes' }]],
      ['json-patch', [{ op: 'add', path: '/metadata/constructor/prototype/polluted', value: 'yes' }]],
      ['merge-patch', JSON.parse('{"__proto__":{"polluted":"yes"}}') as object],
      ['strategic-merge-patch', JSON.parse('{"metadata":{"__proto__":{"polluted":"yes"}}}') as object],
    ] as const) {
      const headers = { 'content-type': `application/${type}+json` };
      const response = await fetch(jobsUrl(url, '/guarded'), {
        method: 'PATCH',
        headers,
        body: JSON.stringify(body),
      });
      assert.ok(response.status < 500, await response.text());
      assert.equal('polluted' in {}, false, type);
    }
  });
});

test('an unknown group or path is not found', async () => {
  await withCluster(async ({ url }) => {
    for (const path of ['/nope', '/apis/nope/v1/namespaces/a/b', '/api/v2/pods']) {
      const response = await fetch(url + path);
      assert.deepEqual([response.status, await response.text()], [404, '404 page not found\n'], path);
    }
  });
});

test('unknown fields warn, and are refused when asked to', async () => {
  await withCluster(async ({ url }) => {
    const manifest = { ...jobManifest('typo', 'true'), bogus: 1 };
    const warned = await createJob(url, manifest);
    assert.equal(warned.headers.get('warning'), '299 - "unknown field \\"bogus\\""');
    assert.equal('bogus' in ((await warned.json()) as object), false);
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', headers, body: JSON.stringify(manifest) };
    const refused = await fetch(jobsUrl(url, '?fieldValidation=Strict'), init);
    const { message } = (await refused.json()) as { message: string };
    assert.equal(
      message,
      'Job in version "v1" cannot be handled as a Job: strict decoding error: unknown field "bogus"',
    );
  });
});

test('kubectl gets its columns', async () => {
  await withCluster(async ({ url }) => {
    await createJob(url, jobManifest('shown', 'exit 3'));
    await until(
      () => readJob(url, 'shown'),
      ({ status }) => status.failed === 1,
    );
    const headers = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
    const table = async (
      path: string,
    ): Promise<{ columnDefinitions: { name: string }[]; rows: { cells: unknown[] }[] }> =>
      (await (await fetch(path, { headers })).json()) as never;
    const jobs = await table(jobsUrl(url));
    assert.deepEqual(
      jobs.columnDefinitions.slice(0, 5).map(({ name }) => name),
      ['Name', 'Status', 'Completions', 'Duration', 'Age'],
    );
    assert.deepEqual(jobs.rows[0]?.cells.slice(0, 3), ['shown', 'Failed', '0/1']);
    const pods = await table(podsUrl(url));
    const [pod] = await listPods(url);
    assert.deepEqual(pods.rows[0]?.cells.slice(0, 4), [pod?.metadata.name, '0/1', 'Error', '0']);
  });
});

test('a label that does not change by a patch is kept, others are merged', async () => {
  await withCluster(async ({ url }) => {
    await createJob(url, jobManifest('patched', 'true', { suspend: true }));
    const headers = { 'content-type': 'application/merge-patch+json' };
    const body = JSON.stringify({ metadata: { labels: { added: 'x' } } });
    await fetch(jobsUrl(url, '/patched'), { method: 'PATCH', headers, body });
    const { metadata } = await readJob(url, 'patched');
    assert.deepEqual([metadata.labels?.['added'], metadata.labels?.['job-name']], ['x', 'patched']);
    const frozen = JSON.stringify({ spec: { template: { spec: { restartPolicy: 'OnFailure' } } } });
    assert.equal(
      (await fetch(jobsUrl(url, '/patched'), { method: 'PATCH', headers, body: frozen })).status,
      422,
    );
  });
});
