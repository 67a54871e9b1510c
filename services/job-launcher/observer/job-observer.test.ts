import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { propagation, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { V1Job } from '@kubernetes/client-node';
import type { DerivedSpan } from '@beyond-headers/telemetry';
import {
  aFailedJob,
  aJob,
  aPod,
  at,
  JOB_UID,
  LAUNCH_SPAN,
  running,
  terminated,
  waiting,
} from '../testing/cluster-objects.ts';
import { JobObserver } from './job-observer.ts';

before(() => propagation.setGlobalPropagator(new W3CTraceContextPropagator()));

/** Creates an observer of a cluster with one Job, and records the spans that it reports. */
function observe(job: V1Job | undefined = aJob(), since = new Date(0)) {
  const told: DerivedSpan[] = [];
  const readJob = async () => job;
  const observer = new JobObserver({ record: (span) => void told.push(span), readJob, since });
  if (job) observer.jobs.listed([job]);
  return { observer, told, said: () => told.map(say) };
}

const say = ({ name, attributes }: DerivedSpan) => [
  name,
  attributes['demo.attempt'],
  attributes['demo.job.reason'],
];

/** Lets the observer read the Job of a deleted pod, which takes until the next turn of the event loop. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

const change = (type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: ReturnType<typeof aPod>) => ({
  type,
  object: pod,
});

test('wait and end are reported once each, at the end', () => {
  const { observer, said } = observe();
  observer.pods.changed(change('ADDED', aPod(waiting('ContainerCreating'))));
  assert.deepEqual(said(), []);
  observer.pods.changed(change('MODIFIED', aPod(running(61))));
  assert.deepEqual(said(), []);
  observer.pods.changed(change('MODIFIED', aPod(terminated(0, 'Completed', 61, 62))));
  observer.pods.listed([aPod(terminated(0, 'Completed', 61, 62))]);
  assert.deepEqual(said(), [
    ['wait pod', 1, undefined],
    ['observe report-job', 1, 'Completed'],
  ]);
});

test('spans hang under the launch and keep its millisecond', () => {
  const { observer, told } = observe();
  observer.pods.listed([aPod(terminated(0, 'Completed', 61, 62))]);
  const [wait, outcome] = told;
  assert.equal(trace.getSpanContext(wait!.context)?.spanId, LAUNCH_SPAN);
  assert.equal(trace.getSpanContext(outcome!.context)?.spanId, LAUNCH_SPAN);
  assert.deepEqual([wait?.startTime, wait?.endTime], [new Date('2026-11-22T21:44:58.707Z'), at(61)]);
  assert.deepEqual([outcome?.startTime, outcome?.endTime], [at(61), at(62)]);
});

test('an end that is reported after a restart is the same, word for word', () => {
  const live = observe();
  live.observer.pods.changed(change('ADDED', aPod(running(59))));
  live.observer.pods.changed(change('MODIFIED', aPod(terminated(1, 'Error'))));
  const restarted = observe(aFailedJob('BackoffLimitExceeded'));
  restarted.observer.pods.listed([aPod(terminated(1, 'Error'))]);
  assert.deepEqual(comparable(restarted.told), comparable(live.told));
});

/** Replaces each context, which compares by identity, with its span. */
const comparable = (told: DerivedSpan[]) =>
  told.map(({ context, ...span }) => ({ ...span, parent: trace.getSpanContext(context) }));

test('attempts are numbered by creation, whatever the list’s order', () => {
  const { observer, said } = observe();
  const first = aPod({ ...terminated(1, 'Error'), uid: 'z' });
  const second = aPod({ ...terminated(0, 'Completed', 71, 72), uid: 'a', created: 70 });
  observer.pods.listed([first]);
  observer.pods.listed([second, first]);
  const outcomes = said().filter(([name]) => name === 'observe report-job');
  assert.deepEqual(
    outcomes.map(([, attempt]) => attempt),
    [1, 2],
  );
});

test('parts of an Indexed Job are counted each on its own', () => {
  const { observer, told } = observe();
  observer.pods.listed(
    ['0', '1', '2'].map((index) => aPod({ ...terminated(0, 'Completed'), uid: index, index })),
  );
  const outcomes = told.filter(({ name }) => name === 'observe report-job');
  assert.deepEqual(
    outcomes.map(({ attributes }) => [attributes['demo.completion.index'], attributes['demo.attempt']]),
    [
      [0, 1],
      [1, 1],
      [2, 1],
    ],
  );
});

test('template that outlives its launch gets a linked trace', () => {
  const { observer, told } = observe();
  const pod = aPod(terminated(0, 'Completed', 61, 62));
  for (const container of pod.spec?.containers ?? [])
    container.env = [{ name: 'TRACE_SHAPE', value: 'link' }];
  observer.pods.listed([pod]);
  assert.deepEqual(
    told.map(({ context, traceKey, links }) => [
      trace.getSpan(context),
      traceKey,
      links?.[0]?.context.spanId,
    ]),
    [
      [undefined, 'pod-1', LAUNCH_SPAN],
      [undefined, 'pod-1', LAUNCH_SPAN],
    ],
  );
});

const suspension = (status: 'True' | 'False', second: number) =>
  aJob({ conditions: [{ type: 'Suspended', status, lastTransitionTime: at(second) }] });
const modified = (job: V1Job) => ({ type: 'MODIFIED' as const, object: job });

test('each suspension of a Job is a wait for admission', () => {
  const { observer, told } = observe(suspension('True', 58));
  observer.jobs.changed(modified(suspension('True', 58)));
  observer.jobs.changed(modified(suspension('False', 61)));
  observer.jobs.changed(modified(suspension('False', 61)));
  observer.jobs.changed(modified(suspension('True', 63)));
  observer.jobs.changed(modified(suspension('False', 66)));
  assert.deepEqual(
    told.map(({ name, startTime, endTime }) => [name, startTime, endTime]),
    [
      // The launch was within the second that Kubernetes reports.
      ['wait admission', new Date('2026-11-22T21:44:58.707Z'), at(61)],
      ['wait admission', at(63), at(66)],
    ],
  );
  assert.equal(new Set(told.map(({ key }) => key)).size, 2);
  assert.deepEqual(
    told.map(({ attributes }) => attributes['demo.time.precision']),
    [1_000, 1_000],
  );
});

test('wait for admission is the same after a restart, and left out within a second', () => {
  const live = observe(suspension('True', 58));
  live.observer.jobs.changed(modified(suspension('False', 61)));
  const restarted = observe(suspension('True', 58));
  restarted.observer.jobs.listed([suspension('False', 61)]);
  assert.equal(live.told.length, 1);
  assert.deepEqual(comparable(restarted.told), comparable(live.told));
  const short = observe(suspension('True', 60));
  short.observer.jobs.changed(modified(suspension('False', 60)));
  assert.deepEqual(short.told, []);
});

test('shape link makes traces that link to the launch', () => {
  const told: DerivedSpan[] = [];
  const record = (span: DerivedSpan) => void told.push(span);
  const observer = new JobObserver({
    record,
    readJob: async () => aJob(),
    since: new Date(0),
    shape: 'link',
  });
  observer.jobs.listed([suspension('True', 58)]);
  observer.jobs.changed(modified(suspension('False', 61)));
  observer.pods.changed(change('ADDED', aPod(terminated(0, 'Completed', 62, 63))));
  assert.deepEqual(
    told.map(({ name, context, links }) => [name, trace.getSpan(context), links?.[0]?.context.spanId]),
    ['wait admission', 'wait pod', 'observe report-job'].map((name) => [name, undefined, LAUNCH_SPAN]),
  );
});

test('pod missing from a list is reported as gone', async () => {
  const { observer, said } = observe();
  observer.pods.listed([aPod(running(59))]);
  observer.pods.listed([]);
  await settled();
  assert.deepEqual(said().at(-1), ['observe report-job', 1, 'PodDeleted']);
});

test('another Job of the same name does not speak for a pod', async () => {
  const { observer, said } = observe(aJob({}, { uid: 'another' }));
  observer.pods.listed([aPod(running(59))]);
  observer.pods.listed([]);
  await settled();
  assert.deepEqual(said().at(-1), ['observe report-job', 1, 'JobDeleted']);
  assert.deepEqual(observer.gonePods(JOB_UID), [], 'the pod is forgotten with its own Job');
});

test('failed Job without any pod is reported itself', () => {
  const failed = aFailedJob('DeadlineExceeded', 0);
  const { observer, said, told } = observe(failed);
  observer.jobs.listed([failed]);
  assert.deepEqual(said(), [['observe report-job', undefined, 'DeadlineExceeded']]);
  assert.equal(told[0]?.status?.message, 'DeadlineExceeded');
});

test('Job deleted before it had a pod is reported, a finished one not', () => {
  const { observer, said } = observe(undefined);
  observer.jobs.changed({ type: 'DELETED', object: aJob() });
  const conditions = [{ type: 'Complete', status: 'True' }];
  observer.jobs.changed({ type: 'DELETED', object: aJob({ conditions }, { uid: 'finished' }) });
  assert.deepEqual(said(), [['observe report-job', undefined, 'JobDeleted']]);
});

test('outcomes from before the replay window are left out', () => {
  const { observer, said } = observe(aJob(), at(61));
  observer.pods.listed([aPod(terminated(0, 'Completed', 59, 60))]);
  assert.deepEqual(said(), []);
});

test('outcome after the first list is news whatever the clocks say', () => {
  const hourAhead = new Date(at(60).getTime() + 3_600_000);
  const { observer, said } = observe(aJob(), hourAhead);
  observer.pods.listed([aPod(running(59))]);
  observer.pods.changed(change('MODIFIED', aPod(terminated(0, 'Completed', 59, 60))));
  assert.deepEqual(said().at(-1), ['observe report-job', 1, 'Completed']);
  const failed = aFailedJob('DeadlineExceeded', 0);
  Object.assign(failed.metadata ?? {}, { uid: 'without-pods' });
  observer.jobs.changed({ type: 'MODIFIED', object: failed });
  assert.deepEqual(said().at(-1), ['observe report-job', undefined, 'DeadlineExceeded']);
});

test('gone pods are remembered until their Job is gone', async () => {
  let job: V1Job | undefined = aJob();
  const observer = new JobObserver({ record: () => {}, readJob: async () => job, since: new Date(0) });
  observer.jobs.listed([aJob()]);
  observer.pods.listed([aPod(running(59))]);
  observer.pods.listed([]);
  await settled();
  assert.equal(observer.gonePods(aJob().metadata?.uid ?? '').length, 1);
  job = undefined;
  observer.jobs.listed([]);
  assert.equal(observer.gonePods(aJob().metadata?.uid ?? '').length, 0);
});
