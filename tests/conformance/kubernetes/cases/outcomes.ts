import assert from 'node:assert/strict';
import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { Contract, WatchEvent } from '../cluster-under-test.ts';
import type { ContractCase } from '../contract-case.ts';
import { shellContainer, shellJob } from '../manifests.ts';
import {
  BACKOFF_EXCEEDED,
  ended,
  failedWith,
  jobSummary,
  overConditions,
  podSummary,
  SUCCEEDED,
} from '../summaries.ts';

const RETRY_DELAY_MS = 10_000;
// A kubelet reports the end of a container up to a second late, which shortens the delay that a client sees.
const TOLERANCE = 0.75;
const LATENESS_MS = 8_000;

const onExitCodes = { containerName: 'main', operator: 'In', values: [42] };
const FAILURE_POLICY = { podFailurePolicy: { rules: [{ action: 'FailJob', onExitCodes }] } };

const LAST_WORDS = { terminationMessagePolicy: 'FallbackToLogsOnError' };

/** How Jobs end on their own. */
export const outcomes: ContractCase[] = [
  {
    name: 'a Job whose pod succeeds is Complete',
    async run(contract: Contract) {
      const { job, pods } = await contract.runJob(
        shellJob({ name: 'succeeds', image: contract.image, script: 'echo hello' }),
      );
      assert.deepEqual(jobSummary(job), ended({ succeeded: 1 }, ...SUCCEEDED));
      assert.deepEqual(pods.map(podSummary), [over('Succeeded', 'terminated Completed 0')]);
      assert.equal(await contract.logOf(one(pods)), 'hello\n');
    },
  },
  {
    name: 'a Job without retries fails with its pod',
    async run(contract: Contract) {
      const job = shellJob({ name: 'fails', image: contract.image, script: 'echo bad >&2; exit 3' });
      const run = await contract.runJob(job);
      assert.deepEqual(jobSummary(run.job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      assert.deepEqual(run.pods.map(podSummary), [over('Failed', 'terminated Error 3')]);
      assert.equal(await contract.logOf(one(run.pods)), 'bad\n');
    },
  },
  {
    name: 'a failed pod is replaced after ten seconds, not before',
    async run(contract: Contract) {
      const job = shellJob({
        name: 'retries',
        image: contract.image,
        script: 'exit 3',
        spec: { backoffLimit: 1 },
      });
      const watch = await contract.openPodWatch('retries', (seen) => podNames(seen).size === 2);
      const run = await contract.runJob(job);
      assert.deepEqual(jobSummary(run.job), ended({ failed: 2 }, ...BACKOFF_EXCEEDED));
      assert.equal(run.pods.length, 2);
      const events = await watch.events;
      const failed = events.find(({ object }) => object.status?.containerStatuses?.[0]?.state?.terminated);
      const gapMs = (events.at(-1)?.atMs ?? 0) - (failed?.atMs ?? 0);
      const delayMs = RETRY_DELAY_MS * contract.timeScale;
      assert.ok(gapMs >= delayMs * TOLERANCE && gapMs <= delayMs + LATENESS_MS, `replaced after ${gapMs} ms`);
    },
  },
  {
    name: 'a container killed by a signal ends with 128 and its number',
    async run(contract: Contract) {
      const { job, pods } = await contract.runJob(
        shellJob({ name: 'signalled', image: contract.image, script: "sh -c 'kill -9 $$$$'; exit $?" }),
      );
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      assert.deepEqual(pods.map(podSummary), [over('Failed', 'terminated Error 137')]);
    },
  },
  {
    name: 'a command that does not exist is a StartError',
    async run(contract: Contract) {
      const { job, pods } = await contract.runJob(
        shellJob({ name: 'no-command', image: contract.image, container: { command: ['/nope'] } }),
      );
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      assert.deepEqual(pods.map(podSummary), [over('Failed', 'terminated StartError 128')]);
      const message = one(pods).status?.containerStatuses?.[0]?.state?.terminated?.message ?? '';
      assert.match(
        message,
        /unable to start container process: exec: "\/nope": stat \/nope: no such file or directory: unknown$/,
      );
    },
  },
  {
    name: 'init containers run in order before the others',
    leftOut: {
      call: (contract) => contract.createJob(initJob('init', contract.image, ['true'])),
      names: 'spec.template.spec.initContainers',
    },
    async run(contract: Contract) {
      const { job, pods } = await contract.runJob(
        initJob('init', contract.image, ['echo first', 'echo second']),
      );
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
      const logs = await Promise.all(
        ['first', 'second', 'main'].map((name) => contract.logOf(one(pods), name)),
      );
      assert.deepEqual(logs, ['first\n', 'second\n', 'main\n']);
    },
  },
  {
    name: 'a failing init container ends the pod',
    leftOut: {
      call: (contract) => contract.createJob(initJob('init-fails', contract.image, ['exit 4'])),
      names: 'spec.template.spec.initContainers',
    },
    async run(contract: Contract) {
      const { job, pods } = await contract.runJob(initJob('init-fails', contract.image, ['exit 4', 'true']));
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
    },
  },
  {
    name: 'a pod fails when one of its containers does',
    async run(contract: Contract) {
      const { image } = contract;
      const containers = [
        shellContainer('good', image, 'true'),
        shellContainer('bad', image, 'sleep 1; exit 5'),
      ];
      const { job, pods } = await contract.runJob(shellJob({ name: 'two', image, pod: { containers } }));
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...BACKOFF_EXCEEDED));
      const states = one(pods).status?.containerStatuses?.map(({ name, state }) => [
        name,
        state?.terminated?.exitCode,
      ]);
      assert.deepEqual(Object.fromEntries(states ?? []), { good: 0, bad: 5 });
    },
  },
  {
    name: 'what a container leaves in its termination message is in its status',
    async run(contract: Contract) {
      const container = { env: [{ name: 'LAST_WORDS', value: '/dev/termination-log' }] };
      const script = 'test -e "$LAST_WORDS" && printf "%04097d" 0 > "$LAST_WORDS"; exit 3';
      const { pods } = await contract.runJob(
        shellJob({ name: 'message', image: contract.image, script, container }),
      );
      const ended = one(pods).status?.containerStatuses?.[0]?.state?.terminated;
      assert.deepEqual([ended?.exitCode, ended?.message], [3, '0'.repeat(4096)]);
    },
  },
  {
    name: 'the log of a failed container becomes its message when asked for',
    leftOut: {
      call: (contract) =>
        contract.createJob(shellJob({ name: 'x', image: contract.image, container: LAST_WORDS })),
      names: '"FallbackToLogsOnError"',
    },
    async run(contract: Contract) {
      const script = 'echo because; exit 1';
      const { pods } = await contract.runJob(
        shellJob({ name: 'last-words', image: contract.image, script, container: LAST_WORDS }),
      );
      assert.equal(one(pods).status?.containerStatuses?.[0]?.state?.terminated?.message, 'because\n');
    },
  },
  {
    name: 'a failure policy can end a Job before its retries',
    leftOut: {
      call: (contract) =>
        contract.createJob(shellJob({ name: 'policy', image: contract.image, spec: FAILURE_POLICY })),
      names: 'spec.podFailurePolicy',
    },
    async run(contract: Contract) {
      const spec = { backoffLimit: 3, ...FAILURE_POLICY };
      const { job, pods } = await contract.runJob(
        shellJob({ name: 'policy', image: contract.image, script: 'exit 42', spec }),
      );
      const pod = `${contract.namespace}/${one(pods).metadata?.name ?? ''}`;
      const message = `Container main for pod ${pod} failed with exit code 42 matching FailJob rule at index 0`;
      assert.deepEqual(jobSummary(job), ended({ failed: 1 }, ...failedWith('PodFailurePolicy', message)));
    },
  },
  {
    name: 'a Job can wait for the end of a pod before it replaces it',
    leftOut: {
      call: (contract) => contract.createJob(patientJob(contract.image)),
      names: 'spec.podReplacementPolicy',
    },
    async run(contract: Contract) {
      const job = await contract.createJob(patientJob(contract.image));
      assert.equal(job.spec?.podReplacementPolicy, 'Failed');
    },
  },
];

function initJob(name: string, image: string, scripts: string[]): V1Job {
  const initContainers = scripts.map((script, i) =>
    shellContainer(['first', 'second'][i] ?? '', image, script),
  );
  return shellJob({ name, image, script: 'echo main', pod: { initContainers } });
}

function patientJob(image: string): V1Job {
  return shellJob({ name: 'patient', image, spec: { podReplacementPolicy: 'Failed' } });
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
