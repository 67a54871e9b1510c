import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { V1Job } from '@kubernetes/client-node';
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
import { outcomeOf, type SeenPod } from './outcome.ts';

const present = (shape: PodShape, job = aJob()) => outcomeOf({ pod: aPod(shape), isGone: false }, job);

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

/** Ended by SIGTERM a second after its deletion was requested. */
const CUT: PodShape = { ...terminated(143, 'Error', 59, 63), deleted: 62 };
const EVICTED = [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }];
const NEVER: PodShape = { ...waiting('ImagePullBackOff'), deleted: 66 };
const suspended = (status: string) => aJob({ conditions: [{ type: 'Suspended', status }] });
const TO_BE_SUSPENDED = Object.assign(aJob(), { spec: { suspend: true, template: {} } });
const LATE = aFailedJob('DeadlineExceeded');
const DUE = { type: 'FailureTarget', status: 'True', reason: 'DeadlineExceeded' };

test('pod on its way out is judged when it is gone', () => {
  assert.equal(present(CUT, LATE), undefined);
});

/** Deleted pods with their current Job, and the reason why the attempt ended. */
const GONE: Record<string, [seen: PodShape & Partial<SeenPod>, job: V1Job | undefined, reason: string]> = {
  'that its Job cut off': [CUT, LATE, 'DeadlineExceeded'],
  'of a Job that is about to fail': [CUT, aJob({ conditions: [DUE] }), 'DeadlineExceeded'],
  'evicted through the API': [{ ...CUT, status: { conditions: EVICTED } }, aJob(), 'EvictionByEvictionAPI'],
  'without its Job': [CUT, undefined, 'JobDeleted'],
  'with its Job': [CUT, aJob({}, { deletionTimestamp: at(70) }), 'JobDeleted'],
  alone: [CUT, aJob(), 'PodDeleted'],
  'that a suspension ended': [CUT, suspended('True'), 'JobSuspended'],
  'of a Job that is to be suspended': [CUT, TO_BE_SUSPENDED, 'JobSuspended'],
  'of a Job that was resumed': [CUT, suspended('False'), 'PodDeleted'],
  'that was over before it was removed': [
    { ...terminated(1, 'Error', 59, 60), deleted: 90 },
    aJob(),
    'Error',
  ],
  'whose first request to go was earlier': [
    { ...CUT, deleted: 64, deletionAskedAt: at(62) },
    aJob(),
    'PodDeleted',
  ],
  'that never started': [NEVER, LATE, 'ErrImagePull'],
  'that never started, and no longer says why': [
    { deleted: 66, startProblem: 'ErrImagePull' },
    LATE,
    'ErrImagePull',
  ],
};

for (const [name, [{ deletionAskedAt, startProblem, ...shape }, job, reason]] of Object.entries(GONE)) {
  test(`reason of a pod that is gone ${name}`, () => {
    const outcome = outcomeOf({ pod: aPod(shape), isGone: true, deletionAskedAt, startProblem }, job);
    assert.equal(outcome?.reason, reason);
    assert.equal(outcome.failed, reason !== 'JobSuspended', 'a pod that a suspension ended has not failed');
  });
}

test('text of a watch reads like the client’s dates', () => {
  const pod = aPod(terminated(1, 'Error'));
  const asText = JSON.parse(JSON.stringify(pod)) as typeof pod;
  assert.deepEqual(
    outcomeOf({ pod: asText, isGone: false }, undefined),
    outcomeOf({ pod, isGone: false }, undefined),
  );
});
