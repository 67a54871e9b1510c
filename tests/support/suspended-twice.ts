import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { BatchV1Api, CoreV1Api, V1Job } from '@kubernetes/client-node';
import type { Span } from '@beyond-headers/traces';
import { until } from './until.ts';

/** More than one second, because Kubernetes truncates times to seconds. */
const SUSPENDED_MS = 2_500;
const DEADLINE_MS = 60_000;

export interface Namespace {
  batch: BatchV1Api;
  core: CoreV1Api;
  name: string;
}

/** Creates a suspended Job, resumes it, suspends it while its pod runs, and resumes it again. */
export async function suspendTwice(namespace: Namespace, job: V1Job): Promise<void> {
  const name = job.metadata?.name ?? '';
  const body = structuredClone(job);
  body.spec!.suspend = true;
  await namespace.batch.createNamespacedJob({ namespace: namespace.name, body });
  await delay(SUSPENDED_MS);
  await setSuspended(namespace, name, false);
  await until(
    () => podsOf(namespace, name),
    (pods) => pods.some(({ status }) => status?.phase === 'Running'),
    { deadlineMs: DEADLINE_MS, what: 'a running pod' },
  );
  await setSuspended(namespace, name, true);
  await until(
    () => podsOf(namespace, name),
    (pods) => pods.length === 0,
    { deadlineMs: DEADLINE_MS, what: 'the end of the pod' },
  );
  await delay(SUSPENDED_MS);
  await setSuspended(namespace, name, false);
}

/** Checks that there are two waits, each before the pod that it admitted, and that the end of the first pod doesn't count as a failure. */
export function assertAdmittedTwice(spans: Span[]): void {
  const waits = named(spans, 'wait admission');
  const outcomes = named(spans, 'observe report-job');
  assert.deepEqual(
    outcomes.map(({ attributes, status }) => [attributes['demo.job.reason'], status.code]),
    [
      ['JobSuspended', 'UNSET'],
      ['Completed', 'UNSET'],
    ],
  );
  assert.equal(waits.length, 2);
  for (const [index, wait] of waits.entries()) {
    assert.ok(wait.endMs - wait.startMs >= 1_000, `waited ${wait.endMs - wait.startMs} ms`);
    assert.ok(wait.endMs <= (outcomes[index]?.startMs ?? 0), 'the pod ran before its Job was admitted');
    assert.equal(wait.attributes['demo.time.precision'], 1_000);
  }
}

const named = (spans: Span[], name: string): Span[] =>
  spans.filter((span) => span.name === name).toSorted((a, b) => a.startMs - b.startMs);

async function podsOf({ core, name: namespace }: Namespace, job: string) {
  const labelSelector = `batch.kubernetes.io/job-name=${job}`;
  return (await core.listNamespacedPod({ namespace, labelSelector })).items;
}

async function setSuspended(
  { batch, name: namespace }: Namespace,
  name: string,
  suspend: boolean,
): Promise<void> {
  const body = [{ op: 'replace', path: '/spec/suspend', value: suspend }];
  await batch.patchNamespacedJob({ namespace, name, body });
  const wanted = suspend ? 'True' : 'False';
  await until(
    () => batch.readNamespacedJob({ namespace, name }),
    ({ status }) => status?.conditions?.some((one) => one.type === 'Suspended' && one.status === wanted),
    { what: `Suspended=${wanted}` },
  );
}
