import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readReport, toReportStatus } from './report-status.ts';
import {
  aFailedJob,
  aJob,
  aPod,
  running,
  terminated,
  waiting,
  type PodShape,
} from './testing/cluster-objects.ts';
import { json, refusal, scriptedApi, type Answer } from './testing/scripted-api.ts';

const complete = aJob({ conditions: [{ type: 'Complete', status: 'True' }] });
const statusOf = (job: ReturnType<typeof aJob>, ...pods: PodShape[]) =>
  toReportStatus(
    job,
    pods.map((shape) => ({ pod: aPod(shape), isGone: false })),
  );

test('Job without a pod is pending', () => {
  const { phase, attempts, reason } = statusOf(aJob());
  assert.deepEqual({ phase, attempts, reason }, { phase: 'pending', attempts: [], reason: undefined });
});

test('image that is missing is named while it waits', () => {
  const { phase, reason, attempts } = statusOf(aJob(), waiting('ImagePullBackOff'));
  assert.deepEqual([phase, reason, attempts[0]?.reason], ['pending', 'ErrImagePull', 'ErrImagePull']);
});

test('Job whose pod is ready is running', () => {
  assert.equal(statusOf(aJob({ ready: 1 }), running(59)).phase, 'running');
});

test('success after a failure shows both attempts in order', () => {
  const second = { ...terminated(0, 'Completed', 71, 72), uid: 'a', created: 70 };
  const status = statusOf(complete, second, { ...terminated(1, 'Error'), uid: 'b' });
  assert.deepEqual([status.phase, status.exitCode, status.reason], ['succeeded', 0, undefined]);
  assert.deepEqual(
    status.attempts.map(({ attempt, exitCode, reason }) => [attempt, exitCode, reason]),
    [
      [1, 1, 'Error'],
      [2, 0, 'Completed'],
    ],
  );
});

test('failed Job gives its own reason, its attempts theirs', () => {
  const status = statusOf(aFailedJob('BackoffLimitExceeded'), terminated(137, 'OOMKilled'));
  assert.deepEqual([status.phase, status.reason, status.exitCode], ['failed', 'BackoffLimitExceeded', 137]);
  assert.equal(status.attempts[0]?.reason, 'OOMKilled');
});

test('pod that the cluster no longer has is reported from memory', () => {
  const cut = { pod: aPod({ ...terminated(143, 'Error', 59, 63), deleted: 62 }), isGone: true };
  const status = toReportStatus(aFailedJob('DeadlineExceeded'), [cut]);
  assert.equal(status.attempts[0]?.reason, 'DeadlineExceeded');
});

test('number of attempts that a Job has is one more than its limit', () => {
  const limited = aJob();
  limited.spec = { template: {}, backoffLimit: 2 };
  assert.equal(statusOf(limited).maxAttempts, 3);
  const unlimited = aJob();
  unlimited.spec = { template: {} };
  assert.equal(statusOf(unlimited).maxAttempts, 7);
});

/** Reads the report of a Job, whose pods the API lists with this response. */
async function reportWith(pods: Answer) {
  const name = 'report-1';
  await using api = await scriptedApi(
    json(200, { metadata: { name, namespace: 'default', uid: 'a' }, spec: { template: {} } }),
    pods,
  );
  const { batch, core } = api.kubernetes;
  return await readReport(name, { batch, core, namespace: 'default', gonePods: () => [] });
}

test('a Job whose list of pods is null has no attempt', async () => {
  assert.deepEqual((await reportWith(json(200, { kind: 'PodList', items: null })))?.attempts, []);
});

/** JSON, but not a list: something else responded. */
const nothing: Answer = (_request, response) =>
  void response.setHeader('content-type', 'application/json').end('null');

test('a list of pods that fails is not a missing Job', async () => {
  await assert.rejects(reportWith(refusal(404, 'NotFound')), { status: 502 });
  await assert.rejects(reportWith(nothing), { status: 503 });
});
