import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import { namespace, timeScale } from './support/cluster.ts';
import { createJob, logOf, runJob } from './support/jobs.ts';
import { shellContainer, shellJob } from './support/manifests.ts';
import { leftOut } from './support/refusals.ts';
import {
  BACKOFF_EXCEEDED,
  ended,
  failedWith,
  jobSummary,
  overConditions,
  podSummary,
  SUCCEEDED,
} from './support/summaries.ts';
import { openPodWatch, type WatchEvent } from './support/watches.ts';

const RETRY_DELAY_MS = 10_000;
// A kubelet reports the end of a container up to a second late, which shortens the delay that a client sees.
const TOLERANCE = 0.75;
const LATENESS_MS = 8_000;

const onExitCodes = { containerName: 'main', operator: 'In', values: [42] };
const FAILURE_POLICY = { podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes }] } };

const LAST_WORDS = { terminationMessagePolicy: 'FallbackToLogsOnError' };

describe('a Job that ends on its own', { concurrency: true }, () => {
  test('a Job whose pod succeeds is Complete', async () => {
    const { job, pods } = await runJob(shellJob('succeeds', { script: 'echo hello' }));
    assert.deepEqual(jobSummary(job), ended({ succeeded: 1 }, ...SUCCEEDED));
    assert.deepEqual(pods.map(podSummary), [over('Succeeded', 'terminated Completed 0')]);
    assert.equal(await logOf(one(pods)), 'hello\n');
  });

  test('a Job without retries fails with its pod', async () => {
    const job = shellJob('fails', { script: 'echo bad >&2; exit 3' });
    const run = await runJob(job);
    assert.deepEqual(jobSummary(run.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    assert.deepEqual(run.pods.map(podSummary), [over('Failed', 'terminated Error 3')]);
    assert.equal(await logOf(one(run.pods)), 'bad\n');
  });

  test('a failed pod is replaced after ten seconds, not before', async () => {
    const job = shellJob('retries', {
      script: 'exit 3',
      spec: { backoffLimit: 1 },
    });
    const watch = await openPodWatch('retries', (seen) => podNames(seen).size === 2);
    const run = await runJob(job);
    assert.deepEqual(jobSummary(run.job), ended({ failed: 2 }, ...BACKOFF_EXCEEDED));
    assert.equal(run.pods.length, 2);
    const events = await watch();
    const failed = events.find(({ object }) => object.status?.containerStatuses?.[0]?.state?.terminated);
    const gapMs = (events.at(-1)?.atMs ?? 0) - (failed?.atMs ?? 0);
    const delayMs = RETRY_DELAY_MS * timeScale;
    assert.ok(gapMs >= delayMs * TOLERANCE && gapMs <= delayMs + LATENESS_MS, `replaced after ${gapMs} ms`);
  });

  test('a container killed by a signal ends with 128 and its number', async () => {
    const { job, pods } = await runJob(shellJob('signalled', { script: "sh -c 'kill -9 $$$$'; exit $?" }));
    assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    assert.deepEqual(pods.map(podSummary), [over('Failed', 'terminated Error 137')]);
  });

  test('a command that does not exist is a StartError', async () => {
    const { job, pods } = await runJob(shellJob('no-command', { container: { command: ['/nope'] } }));
    assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    assert.deepEqual(pods.map(podSummary), [over('Failed', 'terminated StartError 128')]);
    const message = one(pods).status?.containerStatuses?.[0]?.state?.terminated?.message ?? '';
    assert.match(
      message,
      /unable to start container process: exec: "\/nope": stat \/nope: no such file or directory: unknown$/,
    );
  });

  test(
    'init containers run in order before the others',
    leftOut('spec.template.spec.initContainers', async () => {
      const { job, pods } = await runJob(initJob('init', ['echo first', 'echo second']));
      assert.deepEqual(jobSummary(job), ended({ succeeded: 1 }, ...SUCCEEDED));
      const summary = over('Succeeded', 'terminated Completed 0');
      const before = ['first', 'second'].map((name) => ({
        name,
        ready: true,
        restartCount: 0,
        state: 'terminated Completed 0',
      }));
      assert.deepEqual(pods.map(podSummary), [
        { ...summary, containers: [...before, ...summary.containers] },
      ]);
      const logs = await Promise.all(['first', 'second', 'main'].map((name) => logOf(one(pods), name)));
      assert.deepEqual(logs, ['first\n', 'second\n', 'main\n']);
    }),
  );

  test(
    'a failing init container ends the pod',
    leftOut('spec.template.spec.initContainers', async () => {
      const { job, pods } = await runJob(initJob('init-fails', ['exit 4', 'true']));
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      assert.deepEqual(pods.map(podSummary), [
        {
          phase: 'Failed',
          conditions: [
            'ContainersReady=False PodFailed',
            'Initialized=False ContainersNotInitialized: containers with incomplete status: [first second]',
            'PodReadyToStartContainers=False',
            'PodScheduled=True',
            'Ready=False PodFailed',
          ],
          containers: [
            { name: 'first', ready: false, restartCount: 0, state: 'terminated Error 4' },
            { name: 'second', ready: false, restartCount: 0, state: 'waiting PodInitializing' },
            { name: 'main', ready: false, restartCount: 0, state: 'waiting PodInitializing' },
          ],
        },
      ]);
    }),
  );

  test('a pod fails when one of its containers does', async () => {
    const containers = [shellContainer('good', 'true'), shellContainer('bad', 'sleep 1; exit 5')];
    const { job, pods } = await runJob(shellJob('two', { pod: { containers } }));
    assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
    const states = one(pods).status?.containerStatuses?.map(({ name, state }) => [
      name,
      state?.terminated?.exitCode,
    ]);
    assert.deepEqual(Object.fromEntries(states ?? []), { good: 0, bad: 5 });
  });

  test('what a container leaves in its termination message is in its status', async () => {
    const container = { env: [{ name: 'LAST_WORDS', value: '/dev/termination-log' }] };
    const script = 'test -e "$LAST_WORDS" && printf "%04097d" 0 > "$LAST_WORDS"; exit 3';
    const { pods } = await runJob(shellJob('message', { script, container }));
    const ended = one(pods).status?.containerStatuses?.[0]?.state?.terminated;
    assert.deepEqual([ended?.exitCode, ended?.message], [3, '0'.repeat(4096)]);
  });

  test(
    'the log of a failed container becomes its message when asked for',
    leftOut('"FallbackToLogsOnError"', async () => {
      const script = 'echo because; exit 1';
      const { pods } = await runJob(shellJob('last-words', { script, container: LAST_WORDS }));
      assert.equal(one(pods).status?.containerStatuses?.[0]?.state?.terminated?.message, 'because\n');
    }),
  );

  test(
    'a failure policy can end a Job before its retries',
    leftOut('spec.podFailurePolicy', async () => {
      const spec = { backoffLimit: 3, ...FAILURE_POLICY };
      const { job, pods } = await runJob(shellJob('policy', { script: 'exit 42', spec }));
      const pod = `${namespace}/${one(pods).metadata?.name ?? ''}`;
      const message = `Container main for pod ${pod} failed with exit code 42 matching FailJob rule at index 0`;
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...failedWith('PodFailurePolicy', message)));
    }),
  );

  test(
    'a Job can wait for the end of a pod before it replaces it',
    leftOut('spec.podReplacementPolicy', async () => {
      const job = await createJob(shellJob('patient', { spec: { podReplacementPolicy: 'Failed' } }));
      assert.equal(job.spec?.podReplacementPolicy, 'Failed');
    }),
  );
});

function initJob(name: string, scripts: string[]): V1Job {
  const initContainers = scripts.map((script, i) => shellContainer(['first', 'second'][i] ?? '', script));
  return shellJob(name, { script: 'echo main', pod: { initContainers } });
}

function over(
  phase: 'Succeeded' | 'Failed',
  state: string,
): { phase: string; conditions: string[]; containers: object[] } {
  const conditions = overConditions(phase === 'Succeeded' ? 'PodCompleted' : 'PodFailed');
  return { phase, conditions, containers: [{ name: 'main', ready: false, restartCount: 0, state }] };
}

function one(pods: V1Pod[]): V1Pod {
  const [pod, ...more] = pods;
  assert.ok(pod && more.length === 0, `expected one pod, got ${pods.length}`);
  return pod;
}

function podNames(events: WatchEvent<V1Pod>[]): Set<string | undefined> {
  return new Set(events.map(({ object }) => object.metadata?.name));
}
