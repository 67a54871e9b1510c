import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanStatusCode } from '@opentelemetry/api';
import type { V1Pod } from '@kubernetes/client-node';
import { aFailedJob, aPod, at, terminated, waiting, type PodShape } from '../testing/cluster-objects.ts';
import { observedJobSpan, observedSpan, waitPodSpan } from './observations.ts';
import { outcomeOf } from './outcome.ts';

/** The second of the launch in the annotations of these objects. Kubernetes' own times are whole seconds. */
const LAUNCHED = '58.707';
const noted = (startedAt: string, endedAt?: string): string =>
  JSON.stringify({ startedAt: iso(startedAt), ...(endedAt && { endedAt: iso(endedAt) }) });
const iso = (second: string): string =>
  new Date(at(0).getTime() + Math.round(Number(second) * 1_000)).toISOString();

interface Shown {
  wait: [from: string, to: string, precision?: number] | undefined;
  observed: [from: string, to: string, precision?: number];
}

function shown(pod: V1Pod): Shown {
  const outcome = outcomeOf({ pod, isGone: false }, undefined)!;
  const attempt = { number: 1, pod };
  const wait = waitPodSpan(attempt, outcome);
  return { wait: wait && timesOf(wait), observed: timesOf(observedSpan(attempt, outcome)) };
}

const second = (time: Date) => String((time.getTime() - at(0).getTime()) / 1_000);

function timesOf({ startTime, endTime, attributes }: ReturnType<typeof observedSpan>): Shown['observed'] {
  const precision = attributes['demo.time.precision'];
  return [
    second(startTime),
    second(endTime),
    ...(precision === undefined ? [] : [Number(precision)]),
  ] as Shown['observed'];
}

const completed = (from: number, to: number, message?: string) =>
  terminated(0, 'Completed', from, to, message);

const TABLE: Record<string, [PodShape, Shown]> = {
  'all in the second of the launch': [
    completed(58, 58),
    { wait: undefined, observed: [LAUNCHED, LAUNCHED, 1_000] },
  ],
  'all in that second, and the job noted when': [
    completed(58, 58, noted('58.8', '58.95')),
    { wait: [LAUNCHED, '58.8'], observed: ['58.8', '58.95'] },
  ],
  'a wait over the turn of a second': [completed(59, 60), { wait: undefined, observed: ['59', '60', 1_000] }],
  'a wait of more than a second': [
    completed(60, 62),
    { wait: [LAUNCHED, '60', 1_000], observed: ['60', '62', 1_000] },
  ],
  'a job that noted both': [
    completed(60, 62, noted('60.25', '62.5')),
    { wait: [LAUNCHED, '60.25'], observed: ['60.25', '62.5'] },
  ],
  'a start that the runtime wrote down in the next second': [
    completed(60, 62, noted('59.98', '61.5')),
    { wait: [LAUNCHED, '59.98'], observed: ['59.98', '61.5'] },
  ],
  'a job that was killed before it noted its end': [
    terminated(137, 'OOMKilled', 60, 62, noted('60.25')),
    { wait: [LAUNCHED, '60.25'], observed: ['60.25', '62', 1_000] },
  ],
  'a job killed in the second of its start': [
    terminated(137, 'OOMKilled', 60, 60, noted('60.25')),
    { wait: [LAUNCHED, '60.25'], observed: ['60.25', '60.25', 1_000] },
  ],
  'a pod made in the second after the launch': [
    { ...completed(59, 60, noted('59.6', '60.5')), created: 59 },
    { wait: [LAUNCHED, '59.6'], observed: ['59.6', '60.5'] },
  ],
  'a later try, created on its own': [
    { ...completed(71, 72, noted('71.4', '72.2')), created: 70 },
    { wait: ['70', '71.4', 1_000], observed: ['71.4', '72.2'] },
  ],
  'a short wait of a later try': [
    { ...completed(70, 72, noted('70.4', '72.2')), created: 70 },
    { wait: ['70', '70.4', 1_000], observed: ['70.4', '72.2'] },
  ],
  'a cluster whose clock is behind the launcher’s': [
    { ...completed(51, 52, noted('51.5', '52.5')), created: 50 },
    { wait: undefined, observed: [LAUNCHED, LAUNCHED] },
  ],
  'a container that could not be started': [
    {
      phase: 'Failed',
      state: {
        terminated: { exitCode: 128, reason: 'StartError', startedAt: new Date(0), finishedAt: at(61) },
      },
    },
    { wait: [LAUNCHED, '61', 1_000], observed: ['61', '61', 1_000] },
  ],
};

for (const [name, [shape, expected]] of Object.entries(TABLE)) {
  test(`times of ${name}`, () => assert.deepEqual(shown(aPod(shape)), expected));
}

const NOT_TRUE: Record<string, string> = {
  'another program’s last words': 'panic: out of cheese',
  'JSON of another kind': '{"startedAt":17}',
  'a list': '[]',
  'a start long before the container’s': noted('59', '61.5'),
  'an end after the container’s': noted('60.5', '63'),
  'an end before the start': noted('61.5', '61.2'),
  'a date that is none': '{"startedAt":"yesterday"}',
};

for (const [name, message] of Object.entries(NOT_TRUE)) {
  test(`termination message is left aside: ${name}`, () => {
    assert.deepEqual(shown(aPod(completed(60, 62, message))), {
      wait: [LAUNCHED, '60', 1_000],
      observed: ['60', '62', 1_000],
    });
  });
}

test('pod that never started waited until it was given up', () => {
  const pod = aPod({ ...waiting('ErrImagePull'), deleted: 66 });
  const outcome = outcomeOf({ pod, isGone: true }, aFailedJob('DeadlineExceeded'))!;
  const wait = waitPodSpan({ number: 1, pod }, outcome);
  assert.deepEqual(wait && timesOf(wait), [LAUNCHED, '66', 1_000]);
  assert.equal(wait?.attributes['error.type'], 'ErrImagePull');
});

test('wait of a pod that started is not an error', () => {
  const pod = aPod(terminated(1, 'Error', 60, 62));
  const outcome = outcomeOf({ pod, isGone: false }, undefined)!;
  const attempt = { number: 1, pod };
  const spans = [waitPodSpan(attempt, outcome), observedSpan(attempt, outcome)];
  assert.deepEqual(
    spans.map((span) => [span?.attributes['error.type'], span?.status]),
    [
      [undefined, undefined],
      ['Error', { code: SpanStatusCode.ERROR, message: 'Error' }],
    ],
  );
});

test('Job without a pod is observed from its launch', () => {
  const span = observedJobSpan(aFailedJob('DeadlineExceeded', 0), {
    reason: 'DeadlineExceeded',
    failed: true,
    endedAt: at(58),
  });
  assert.deepEqual(timesOf(span), [LAUNCHED, LAUNCHED, 1_000]);
});

test('events of a wait stay within it', () => {
  const pod = aPod(completed(60, 62));
  const wait = waitPodSpan({ number: 1, pod }, outcomeOf({ pod, isGone: false }, undefined)!)!;
  assert.ok(wait.events.length === 2);
  for (const { time } of wait.events) assert.ok(time >= wait.startTime && time <= wait.endTime);
});
