import { isDeepStrictEqual } from 'node:util';
import { timestamp } from '../names.ts';
import type { Job, JobStatus, Pod } from '../objects.ts';
import type { EventRecorder } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import { deleteJob } from './job-deletion.ts';
import { countedStatus, liveStatus, notedStatus, tally, type Tally } from './job-tally.ts';
import { condition, conditionsFor, finishCondition, verdict, type Verdict } from './job-verdict.ts';
import { podsOf, releasePod, requestPodDeletion } from './pod-deletion.ts';
import { failureAction } from './pod-failure-policy.ts';
import { podOfJob } from './pod-of-job.ts';
import { freeIndexes, retryDelaySeconds, wantedPods } from './pod-count.ts';

const MAX_NEW_PODS = 100;
const MAX_PODS_IN_ALL = 5000;
const FULL_RETRY_MS = 1000;

/** What is kept of a Job between two looks at it, besides what its status says. */
export interface JobMemory {
  /** When it (last) began, to the millisecond; its status tells whole seconds only. */
  startedMs?: number;
  /** Failures since the last success, which the delay before a retry grows with. */
  failures: number;
  lastFailureMs: number;
}

/** One look at a Job: counts its pods, decides whether it is over, makes or ends pods, writes its status. */
export class JobSync {
  readonly #store: Store;
  readonly #events: EventRecorder;
  readonly #scaled: (seconds: number) => number;

  /** @param scaled length of a delay that Kubernetes has built in, in milliseconds */
  constructor(store: Store, events: EventRecorder, scaled: (seconds: number) => number) {
    this.#store = store;
    this.#events = events;
    this.#scaled = scaled;
  }

  /** Gives back the milliseconds after which to look again even if nothing happens. */
  sync(job: Job, memory: JobMemory): number | undefined {
    if (job.metadata.deletionTimestamp) return this.#write(job, liveStatus(job, this.#tally(job)));
    if (finishCondition(job)) return this.#afterFinish(job);
    if (job.spec.suspend) return this.#suspend(job, memory);
    const started = this.#start(job, memory);
    const counts = this.#count(started, memory);
    const given = verdict(started, counts, Date.now() - (memory.startedMs ?? 0));
    if (given) return this.#finish(started, given, counts);
    return this.#manage(this.#settle(started, counts), memory);
  }

  /** Not stored by itself: the first status that a watch sees has the start time and the first counts. */
  #start(job: Job, memory: JobMemory): Job {
    memory.startedMs ??= Date.now();
    if (job.status.startTime) return job;
    const { conditions = [] } = job.status;
    const wasSuspended = conditions.some(({ type }) => type === 'Suspended');
    if (wasSuspended) this.#tell(job, 'Resumed', 'Job resumed');
    const others = conditions.filter(({ type }) => type !== 'Suspended');
    const resumed = wasSuspended
      ? [...others, condition('Suspended', 'JobResumed', 'Job resumed', 'False')]
      : others;
    return { ...job, status: { ...job.status, conditions: resumed, startTime: timestamp() } };
  }

  /** Counts the pods, save the failures that the Job's failure policy ignores, and keeps what the next delay depends on. */
  #count(job: Job, memory: JobMemory): Tally {
    const seen = this.#tally(job);
    const ignored = seen.newlyFailed.filter((pod) => failureAction(job, pod)?.action === 'Ignore');
    for (const pod of ignored) releasePod(this.#store, pod);
    if (seen.newlySucceeded.length > 0) memory.failures = 0;
    if (seen.newlyFailed.length > 0) memory.lastFailureMs = Date.now();
    memory.failures += seen.newlyFailed.length;
    return ignored.length > 0 ? this.#tally(job) : seen;
  }

  #finish(job: Job, given: Verdict, counts: Tally): undefined {
    for (const pod of counts.active) this.#deletePod(job, pod);
    const after = this.#tally(job);
    const first = conditionsFor(job.status.conditions ?? [], given, false);
    if (finished(after).length > 0) this.#write(job, notedStatus(job, after, first));
    for (const pod of finished(after)) releasePod(this.#store, pod);
    const over = after.terminating === 0;
    const completion = over && given.kind === 'success' ? { completionTime: timestamp() } : {};
    this.#write(job, { ...countedStatus(job, after, conditionsFor(first, given, over)), ...completion });
    if (over) this.#tellEnd(job, given);
  }

  #tellEnd(job: Job, { kind, reason, message }: Verdict): void {
    if (kind === 'success') this.#tell(job, 'Completed', 'Job completed');
    else this.#tell(job, reason, message, 'Warning');
  }

  /** Counts finished pods in two steps, as Kubernetes does: noted, let go, added up; so none is lost or counted twice. */
  #settle(job: Job, counts: Tally): Job {
    if (finished(counts).length === 0) return job;
    const { conditions = [] } = job.status;
    this.#write(job, notedStatus(job, counts, conditions));
    for (const pod of finished(counts)) releasePod(this.#store, pod);
    const status = countedStatus(job, counts, conditions);
    this.#write(job, status);
    return { ...job, status };
  }

  #manage(job: Job, memory: JobMemory): number | undefined {
    const counts = this.#tally(job);
    const missing = wantedPods(job, counts) - counts.active.length;
    for (const pod of missing < 0 ? counts.active.slice(missing) : []) this.#deletePod(job, pod);
    const backOffMs = missing > 0 ? this.#backOffMs(memory) : 0;
    const left = missing > 0 && backOffMs === 0 ? missing - this.#createPods(job, counts, missing) : 0;
    this.#write(job, liveStatus(job, this.#tally(job)));
    return soonest(job, memory, [
      ...(backOffMs > 0 ? [backOffMs] : []),
      ...(left > 0 ? [FULL_RETRY_MS] : []),
    ]);
  }

  #createPods(job: Job, counts: Tally, missing: number): number {
    const room = Math.max(0, Math.min(missing, MAX_NEW_PODS, MAX_PODS_IN_ALL - this.#store.count('pods')));
    const indexed = job.spec.completionMode === 'Indexed';
    const indexes = indexed
      ? freeIndexes(job, counts).slice(0, room)
      : Array.from({ length: room }, () => undefined);
    for (const index of indexes) {
      const pod = this.#store.create('pods', podOfJob(job, index));
      this.#tell(job, 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`);
    }
    return indexed ? missing : indexes.length;
  }

  #backOffMs({ failures, lastFailureMs }: JobMemory): number {
    if (failures === 0) return 0;
    return Math.max(0, lastFailureMs + this.#scaled(retryDelaySeconds(failures)) - Date.now());
  }

  #suspend(job: Job, memory: JobMemory): undefined {
    for (const pod of this.#tally(job).active) this.#deletePod(job, pod);
    const { conditions = [], ...status } = job.status;
    delete status.startTime;
    const stopped = { ...job, status };
    const counts = this.#tally(stopped);
    for (const pod of finished(counts)) releasePod(this.#store, pod);
    const known = conditions.find((one) => one.type === 'Suspended' && one.status === 'True');
    if (!known) this.#tell(job, 'Suspended', 'Job suspended');
    const others = conditions.filter(({ type }) => type !== 'Suspended');
    const suspended = [...others, known ?? condition('Suspended', 'JobSuspended', 'Job suspended')];
    delete memory.startedMs;
    // Pods that were ended by the suspension are no failures of the Job.
    this.#write(job, countedStatus(stopped, { ...counts, failed: status.failed ?? 0 }, suspended));
  }

  #afterFinish(job: Job): number | undefined {
    for (const pod of podsOf(this.#store, job)) releasePod(this.#store, pod);
    const ttl = job.spec.ttlSecondsAfterFinished;
    if (ttl === undefined) return undefined;
    const leftMs = Date.parse(finishCondition(job)?.lastTransitionTime ?? '') + ttl * 1000 - Date.now();
    if (leftMs > 0) return leftMs;
    deleteJob(this.#store, job, 'Foreground');
    return undefined;
  }

  #tally(job: Job): Tally {
    return tally(job, podsOf(this.#store, job));
  }

  #deletePod(job: Job, pod: Pod): void {
    requestPodDeletion(this.#store, pod);
    this.#tell(job, 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`);
  }

  #write(job: Job, status: JobStatus): undefined {
    this.#store.update('jobs', job, (current) =>
      isDeepStrictEqual(status, current.status) ? current : { ...current, status },
    );
  }

  #tell(job: Job, reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    this.#events.record(job, { type, reason, message, component: 'job-controller' });
  }
}

function finished({ newlySucceeded, newlyFailed }: Tally): Pod[] {
  return [...newlySucceeded, ...newlyFailed];
}

function soonest(job: Job, memory: JobMemory, waits: number[]): number | undefined {
  const { activeDeadlineSeconds } = job.spec;
  const deadline =
    activeDeadlineSeconds === undefined
      ? []
      : [(memory.startedMs ?? 0) + activeDeadlineSeconds * 1000 - Date.now()];
  const all = [...deadline, ...waits];
  return all.length > 0 ? Math.min(...all) : undefined;
}
