import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HttpProblem } from '@beyond-headers/service-kit';
import { createJobOnce } from './create-job-once.ts';
import { failAsProblem } from './kubernetes-problem.ts';
import { hangUp, json, refusal, scriptedApi, silence, type Answer } from './testing/scripted-api.ts';

const JOB = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report-1', namespace: 'default' } };
const created = json(201, { ...JOB, metadata: { ...JOB.metadata, uid: 'new' } });
const found = json(200, { ...JOB, metadata: { ...JOB.metadata, uid: 'old' } });
const exists = refusal(409, 'AlreadyExists');

/** Returns the result of one launch against these responses, and the methods of the requests that it sent. */
async function launchAgainst(answers: Answer[], budgetMs?: number) {
  await using api = await scriptedApi(...answers);
  const result = await createJobOnce(api.kubernetes.batch, structuredClone(JOB), budgetMs)
    .then(({ job, existed, attempts }) => ({ uid: job.metadata?.uid, existed, attempts }))
    .catch(failAsProblem)
    .catch((problem: unknown) => problem);
  return { result, asked: api.asked.map((request) => request.split(' ')[0]) };
}

test('first answer is enough', async () => {
  const { result, asked } = await launchAgainst([created]);
  assert.deepEqual(result, { uid: 'new', existed: false, attempts: 1 });
  assert.deepEqual(asked, ['POST']);
});

test('Job that exists is done and read back', async () => {
  const { result, asked } = await launchAgainst([exists, found]);
  assert.deepEqual(result, { uid: 'old', existed: true, attempts: 1 });
  assert.deepEqual(asked, ['POST', 'GET']);
});

test('conflict of another kind is tried again', async () => {
  const { result } = await launchAgainst([refusal(409, 'Conflict'), created]);
  assert.deepEqual(result, { uid: 'new', existed: false, attempts: 2 });
});

test('Job on its way out is not taken for done', async () => {
  const going = json(200, {
    ...JOB,
    metadata: { ...JOB.metadata, deletionTimestamp: '2026-11-22T21:45:00Z' },
  });
  const { result } = await launchAgainst([exists, going, exists, refusal(404, 'NotFound'), created]);
  assert.deepEqual(result, { uid: 'new', existed: false, attempts: 3 });
});

for (const [name, answer] of Object.entries({
  '500': refusal(500, 'InternalError'),
  '503': refusal(503, 'ServiceUnavailable'),
  'a token that has expired': refusal(401, 'Unauthorized'),
  'a quota that is used up': refusal(
    403,
    'Forbidden',
    'jobs.batch "report-1" is forbidden: exceeded quota: jobs',
  ),
  'cut connection': hangUp,
  'silence after the create took effect': silence,
})) {
  test(`${name} is tried again`, async () => {
    const { result, asked } = await launchAgainst([answer, exists, found]);
    assert.deepEqual(result, { uid: 'old', existed: true, attempts: 2 });
    assert.deepEqual(asked, ['POST', 'POST', 'GET']);
  });
}

const page: Answer = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Log in</title>');
const nothing: Answer = (_request, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end('null');
const moved: Answer = (_request, response) => void response.writeHead(302, { location: '/login' }).end();

for (const [name, answers] of Object.entries({
  'a page': [page],
  'a redirect to a page': [moved, page],
  null: [nothing],
  'another object': [json(201, { ...JOB, metadata: { name: 'other' } })],
})) {
  test(`${name} instead of a Job is not a launch`, async () => {
    const { result } = await launchAgainst([...answers, exists, found]);
    assert.deepEqual(result, { uid: 'old', existed: true, attempts: 2 });
  });
}

test('a page instead of the Job that exists is not the Job', async () => {
  const { result } = await launchAgainst([exists, page, exists, found]);
  assert.deepEqual(result, { uid: 'old', existed: true, attempts: 2 });
});

test('429 is asked again when it says', async () => {
  const start = performance.now();
  const { result } = await launchAgainst([
    refusal(429, 'TooManyRequests', '', { 'retry-after': '1' }),
    created,
  ]);
  assert.deepEqual(result, { uid: 'new', existed: false, attempts: 2 });
  assert.ok(performance.now() - start >= 1_000);
});

test('429 for longer than the budget fails at once', async () => {
  const start = performance.now();
  const { result, asked } = await launchAgainst([
    refusal(429, 'TooManyRequests', 'slow down', { 'retry-after': '60' }),
  ]);
  assert.deepEqual(refused(result), { status: 503, message: 'The Kubernetes API answered 429: slow down' });
  assert.equal((result as HttpProblem).retryAfterMs, 60_000);
  assert.equal(asked.length, 1);
  assert.ok(performance.now() - start < 1_000);
});

for (const [code, reason] of [
  [403, 'Forbidden'],
  [422, 'Invalid'],
  [400, 'BadRequest'],
] as const) {
  test(`${code} fails at once with its reason`, async () => {
    const { result, asked } = await launchAgainst([refusal(code, reason, `no: ${reason}`)]);
    assert.deepEqual(refused(result), {
      status: 502,
      message: `The Kubernetes API answered ${code}: no: ${reason}`,
    });
    assert.equal(asked.length, 1);
  });
}

test('API that stays silent is given up within the budget', async () => {
  const start = performance.now();
  const { result } = await launchAgainst([silence], 500);
  assert.equal(refused(result).status, 503);
  const tookMs = performance.now() - start;
  assert.ok(tookMs < 1_200, `took ${tookMs} ms`);
});

function refused(result: unknown): { status: number; message: string } {
  const { status, message } = result as { status: number; message: string };
  return { status, message };
}
