import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  aFailedJob,
  aJob,
  aPod,
  at,
  running,
  terminated,
  waiting,
  type PodShape,
} from '../testing/cluster-objects.ts';
import { outcomeOf } from './outcome.ts';

const present = (shape: PodShape, job = aJob()) => outcomeOf({ pod: aPod(shape), isGone: false }, job);
const gone = (shape: PodShape, job: ReturnType<typeof aJob> | undefined = aJob()) =>
  outcomeOf({ pod: aPod(shape), isGone: true }, job);

test('pod that runs or waits has no outcome yet', () => {
  assert.equal(present(running(59)), undefined);
  assert.equal(present(waiting('ErrImagePull')), undefined);
});

test('finished pod shows exit code, reason and end', () => {
  assert.deepEqual(present(terminated(0, 'Completed')), {
    reason: 'Completed',
    failed: false,
    exitCode: 0,
    endedAt: at(60),
  });
});

test('container killed for its memory says so', () => {
  const outcome = present(terminated(137, 'OOMKilled'));
  assert.deepEqual([outcome?.reason, outcome?.exitCode, outcome?.failed], ['OOMKilled', 137, true]);
});

test('evicted pod keeps that reason over its exit code', () => {
  const evicted = { ...terminated(137, 'Error'), status: { phase: 'Failed', reason: 'Evicted' } };
  assert.equal(present(evicted)?.reason, 'Evicted');
});

test('eviction through the API is known by its condition', () => {
  const conditions = [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }];
  const evicted = { ...terminated(143, 'Error', 59, 63), deleted: 62 };
  const pod = aPod(evicted);
  Object.assign(pod.status ?? {}, { conditions });
  assert.equal(outcomeOf({ pod, isGone: true }, aJob())?.reason, 'EvictionByEvictionAPI');
});

test('pod on its way out is judged when it is gone', () => {
  const ending = { ...terminated(143, 'Error', 59, 63), deleted: 62 };
  assert.equal(present(ending, aFailedJob('DeadlineExceeded')), undefined);
  assert.equal(gone(ending, aFailedJob('DeadlineExceeded'))?.reason, 'DeadlineExceeded');
});

test('gone with its Job, gone alone: two reasons', () => {
  const cut = { ...terminated(143, 'Error', 59, 63), deleted: 62 };
  assert.equal(outcomeOf({ pod: aPod(cut), isGone: true }, undefined)?.reason, 'JobDeleted');
  assert.equal(gone(cut, aJob({}, { deletionTimestamp: at(70) }))?.reason, 'JobDeleted');
  assert.equal(gone(cut)?.reason, 'PodDeleted');
});

test('pod that a suspension ends is not a failure', () => {
  const cut = { ...terminated(143, 'Error', 59, 63), deleted: 62 };
  const suspended = aJob({ conditions: [{ type: 'Suspended', status: 'True' }] });
  const outcome = gone(cut, suspended);
  assert.deepEqual([outcome?.reason, outcome?.failed, outcome?.exitCode], ['JobSuspended', false, 143]);
  const asked = aJob();
  asked.spec = { suspend: true, template: {} };
  assert.equal(gone(cut, asked)?.reason, 'JobSuspended');
});

test('pod of a resumed Job is deleted by somebody else', () => {
  const resumed = aJob({ conditions: [{ type: 'Suspended', status: 'False' }] });
  assert.equal(gone({ ...terminated(143, 'Error', 59, 63), deleted: 62 }, resumed)?.reason, 'PodDeleted');
});

test('pod that was over before it was removed keeps its end', () => {
  assert.equal(gone({ ...terminated(1, 'Error', 59, 60), deleted: 90 })?.reason, 'Error');
});

test('first request to go counts, not the last look', () => {
  const pod = aPod({ ...terminated(143, 'Error', 59, 63), deleted: 64 });
  const seen = { pod, isGone: true, deletionAskedAt: at(62) };
  assert.equal(outcomeOf(seen, aJob())?.reason, 'PodDeleted');
});

test('pod that never started names what kept it', () => {
  const never = { ...waiting('ImagePullBackOff'), deleted: 66 };
  assert.equal(gone(never, aFailedJob('DeadlineExceeded'))?.reason, 'ErrImagePull');
  const forgotten = { pod: aPod({ deleted: 66 }), isGone: true, startProblem: 'ErrImagePull' };
  assert.equal(outcomeOf(forgotten, aFailedJob('DeadlineExceeded'))?.reason, 'ErrImagePull');
});

test('text of a watch reads like the client’s dates', () => {
  const pod = aPod(terminated(1, 'Error'));
  const asText = JSON.parse(JSON.stringify(pod)) as typeof pod;
  assert.deepEqual(
    outcomeOf({ pod: asText, isGone: false }, undefined),
    outcomeOf({ pod, isGone: false }, undefined),
  );
});
