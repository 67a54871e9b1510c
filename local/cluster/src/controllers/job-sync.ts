import type { Node } from '../kubelet/node.ts';
import { timestamp } from '../names.ts';
import type { Condition, Job, JobStatus, Pod } from '../objects.ts';
import { deleteJob } from './job-deletion.ts';
import { statusOf, tally, type Tally } from './job-tally.ts';
import {
  condition,
  conditionsFor,
  finishCondition,
  trueCondition,
  verdict,
  type Verdict,
} from './job-verdict.ts';
import { freeIndexes, retryDelaySeconds, wantedPods } from './pod-count.ts';
import { podsOf, releasePod, requestPodDeletion } from './pod-deletion.ts';
import { podOfJob } from './pod-of-job.ts';

const MAX_NEW_PODS = 100;
const MAX_PODS_IN_ALL = 5000;
const FULL_RETRY_MS = 1000;

/** What the controller remembers about a Job between two syncs, in addition to its status. */
export interface JobMemory {
  /** Time of the start, or of the last resumption. The status has only whole seconds. */
  startedMs?: number;
  /** Failures since the last success. The retry delay grows with them. */
  failures: number;
  lastFailureMs: number;
}

/** Reconciles a Job: counts its pods, decides whether it is finished, creates or deletes pods, and writes its status. */
export class JobSync {
  readonly #node: Node;

  constructor(node: Node) {
    this.#node = node;
  }

  /** Returns the milliseconds after which to sync again even if nothing changes, or undefined if only a change needs a sync. */
  sync(job: Job, memory: JobMemory): number | undefined {
    const { conditions = [], succeeded = 0, failed = 0 } = job.status;
    if (job.metadata.deletionTimestamp)
      return this.#write(job, statusOf(job, { ...this.#tally(job), succeeded, failed }, conditions));
    if (finishCondition(job)) return this.#afterFinish(job);
    if (job.spec.suspend) return this.#suspend(job, memory);
    const started = this.#start(job, memory);
    const counts = this.#tally(started);
    remember(memory, counts);
    const given = verdict(started, counts, Date.now() - (memory.startedMs ?? 0));
    if (given) return this.#finish(started, given);
    return this.#manage(isNews(counts) ? this.#count(started, counts) : started, memory);
  }

  /** Doesn't store the started Job, so that the first status that a watch sees has both the start time and the first counts. */
  #start(job: Job, memory: JobMemory): Job {
    memory.startedMs ??= Date.now();
    if (job.status.startTime) return job;
    const wasSuspended = trueCondition(job, 'Suspended') !== undefined;
    if (wasSuspended) this.#record(job, 'Resumed', 'Job resumed');
    const resumed = wasSuspended ? [condition('Suspended', 'JobResumed', 'Job resumed', 'False')] : [];
    const conditions = [...others(job, 'Suspended'), ...resumed];
    return { ...job, status: { ...job.status, conditions, startTime: timestamp() } };
  }

  #suspend(job: Job, memory: JobMemory): undefined {
    delete memory.startedMs;
    for (const pod of this.#tally(job).active) this.#dropPod(job, pod);
    const stopped: Job = { ...job, status: { ...job.status, startTime: undefined } };
    const known = trueCondition(job, 'Suspended');
    if (!known) this.#record(job, 'Suspended', 'Job suspended');
    const suspended = known ?? condition('Suspended', 'JobSuspended', 'Job suspended');
    this.#count(stopped, this.#tally(stopped), [...others(job, 'Suspended'), suspended]);
  }

  #finish(job: Job, given: Verdict): undefined {
    for (const pod of this.#tally(job).active) this.#deletePod(job, pod);
    const counts = this.#tally(job);
    const { status } = this.#count(job, counts, conditionsFor(job.status.conditions ?? [], given, false));
    if (counts.terminating > 0) return;
    const conditions = conditionsFor(status.conditions ?? [], given, true);
    const completion = given.kind === 'success' ? { completionTime: timestamp() } : {};
    this.#write(job, { ...status, conditions, ...completion });
    if (given.kind === 'success') this.#record(job, 'Completed', 'Job completed');
    else this.#record(job, given.reason, given.message, 'Warning');
  }

  /** Writes the counts of finished pods before it releases the pods, so that none is lost or counted twice. */
  #count(job: Job, counts: Tally, conditions = job.status.conditions ?? []): Job {
    const status = statusOf(job, counts, conditions);
    this.#write(job, status);
    for (const pod of [...counts.newlySucceeded, ...counts.newlyFailed]) releasePod(this.#node.store, pod);
    return { ...job, status };
  }

  #manage(job: Job, memory: JobMemory): number | undefined {
    const counts = this.#tally(job);
    const missing = wantedPods(job, counts) - counts.active.length;
    for (const pod of missing < 0 ? counts.active.slice(missing) : []) this.#dropPod(job, pod);
    const backOffMs = missing > 0 ? this.#backOffMs(memory) : 0;
    const left = missing > 0 && backOffMs === 0 ? missing - this.#createPods(job, counts, missing) : 0;
    this.#count(job, this.#tally(job));
    const { activeDeadlineSeconds: deadline } = job.spec;
    const waits = [
      ...(deadline === undefined ? [] : [(memory.startedMs ?? 0) + deadline * 1000 - Date.now()]),
      ...(backOffMs > 0 ? [backOffMs] : []),
      ...(left > 0 ? [FULL_RETRY_MS] : []),
    ];
    return waits.length > 0 ? Math.min(...waits) : undefined;
  }

  #createPods(job: Job, counts: Tally, missing: number): number {
    const room = Math.max(
      0,
      Math.min(missing, MAX_NEW_PODS, MAX_PODS_IN_ALL - this.#node.store.count('pods')),
    );
    const indexed = job.spec.completionMode === 'Indexed';
    const indexes = indexed ? freeIndexes(job, counts) : Array<undefined>(room).fill(undefined);
    for (const index of indexes.slice(0, room)) {
      const pod = this.#node.store.create('pods', podOfJob(job, index));
      this.#record(job, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    }
    return room;
  }

  #backOffMs({ failures, lastFailureMs }: JobMemory): number {
    if (failures === 0) return 0;
    return Math.max(0, lastFailureMs + this.#node.scaled(retryDelaySeconds(failures)) - Date.now());
  }

  #afterFinish(job: Job): number | undefined {
    for (const pod of podsOf(this.#node.store, job)) releasePod(this.#node.store, pod);
    const ttl = job.spec.ttlSecondsAfterFinished;
    if (ttl === undefined) return undefined;
    const leftMs = Date.parse(finishCondition(job)?.lastTransitionTime ?? '') + ttl * 1000 - Date.now();
    if (leftMs > 0) return leftMs;
    deleteJob(this.#node.store, job, 'Foreground');
    return undefined;
  }

  #tally(job: Job): Tally {
    return tally(job, podsOf(this.#node.store, job));
  }

  /** Deletes a pod that is not needed. Releases it first, so that it doesn't count as failed. */
  #dropPod(job: Job, pod: Pod): void {
    releasePod(this.#node.store, pod);
    this.#deletePod(job, pod);
  }

  #deletePod(job: Job, pod: Pod): void {
    requestPodDeletion(this.#node.store, pod);
    this.#record(job, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  }

  #write(job: Job, status: JobStatus): undefined {
    this.#node.store.update('jobs', job, (current) => ({ ...current, status }));
  }

  #record(job: Job, reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    this.#node.event(job, { type, reason, message, component: 'job-controller' });
  }
}

function isNews({ newlySucceeded, newlyFailed }: Tally): boolean {
  return newlySucceeded.length + newlyFailed.length > 0;
}

/** Updates the failures on which the retry delay depends. */
function remember(memory: JobMemory, { newlySucceeded, newlyFailed }: Tally): void {
  if (newlySucceeded.length > 0) memory.failures = 0;
  if (newlyFailed.length > 0) memory.lastFailureMs = Date.now();
  memory.failures += newlyFailed.length;
}

function others({ status: { conditions = [] } }: Job, type: string): Condition[] {
  return conditions.filter((one) => one.type !== type);
}
