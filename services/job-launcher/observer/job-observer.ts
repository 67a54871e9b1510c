import type { V1Job, V1Pod } from '@kubernetes/client-node';
import type { DerivedSpan } from '@beyond-headers/telemetry';
import { attemptNumber } from './attempt-number.ts';
import type { Follower } from './follow.ts';
import {
  observedJobSpan,
  observedSpan,
  waitAdmissionSpan,
  waitPodSpan,
  type Observation,
} from './observations.ts';
import { placeInTrace, type ObserverShape } from './place-in-trace.ts';
import { outcomeOf, type Outcome, type SeenPod } from './outcome.ts';
import {
  condition,
  deletionAskedAt,
  jobFailure,
  jobNameOf,
  jobUidOf,
  startProblem,
  uidOf,
} from './pod-facts.ts';

export interface JobObserverOptions {
  /** Records a span. The same key means the same span, even if an earlier run of the process recorded it. */
  record: (span: DerivedSpan) => void;
  /** Reads the current Job; resolves with undefined if there is no Job with this name. */
  readJob: (name: string) => Promise<V1Job | undefined>;
  /** Outcomes in the first lists from before this time are left out, because an earlier run reported them. */
  since: Date;
  /** Whether spans are children of the launch span, or in separate traces that link to it; `parent` when absent. */
  shape?: ObserverShape | undefined;
}

interface PodRecord extends SeenPod {
  reported: boolean;
}

/**
 * Reports what happened to each Job and each of its pods, as spans under the launch span. It reports each once in a run of
 * this process, and as the same span in the next run. It persists nothing: a new run reads everything from the cluster.
 */
export class JobObserver {
  readonly #options: JobObserverOptions;
  readonly #jobs = new Map<string, V1Job>();
  readonly #pods = new Map<string, PodRecord>();
  readonly #toldJobs = new Set<string>();
  /** `EVER` after the first list: what follows is new, however far apart the clocks of the cluster and of this process are. */
  #jobsSince: Date;
  #podsSince: Date;

  constructor(options: JobObserverOptions) {
    this.#options = options;
    this.#jobsSince = options.since;
    this.#podsSince = options.since;
  }

  readonly jobs: Follower<V1Job> = {
    listed: (jobs) => {
      const uids = new Set(jobs.map(uidOf));
      for (const job of this.#jobs.values()) if (!uids.has(uidOf(job))) this.#jobGone(job);
      for (const job of jobs) this.#jobSeen(job);
      this.#jobsSince = EVER;
    },
    changed: ({ type, object }) => (type === 'DELETED' ? this.#jobGone(object) : this.#jobSeen(object)),
  };

  readonly pods: Follower<V1Pod> = {
    listed: (pods) => {
      const uids = new Set(pods.map(uidOf));
      for (const { pod, isGone } of this.#pods.values()) {
        if (!isGone && !uids.has(uidOf(pod))) void this.#podGone(pod);
      }
      for (const pod of pods) this.#podSeen(pod);
      this.#podsSince = EVER;
    },
    changed: ({ type, object }) => void (type === 'DELETED' ? this.#podGone(object) : this.#podSeen(object)),
  };

  /** Returns the deleted pods of a Job, which the cluster doesn't list. */
  gonePods(ofJob: string): SeenPod[] {
    return this.#podsOf(ofJob).filter(({ isGone }) => isGone);
  }

  #podsOf(uid: string): PodRecord[] {
    return [...this.#pods.values()].filter(({ pod }) => jobUidOf(pod) === uid);
  }

  #podSeen(pod: V1Pod): void {
    this.#report(this.#remember(pod), undefined);
  }

  /** Reads the Job, because only the Job shows why a pod was deleted, and its own watch may be behind. */
  async #podGone(pod: V1Pod): Promise<void> {
    const record = this.#remember(pod);
    record.isGone = true;
    const known = this.#jobs.get(jobUidOf(pod));
    const job = await this.#options.readJob(jobNameOf(pod)).catch(() => known);
    const own = job && uidOf(job) === jobUidOf(pod) ? job : undefined;
    this.#report(record, own);
    if (!own) this.#forget(jobUidOf(pod));
  }

  #remember(pod: V1Pod): PodRecord {
    const before = this.#pods.get(uidOf(pod));
    const record: PodRecord = {
      reported: before?.reported ?? false,
      isGone: before?.isGone ?? false,
      startProblem: startProblem(pod) ?? before?.startProblem,
      deletionAskedAt: before?.deletionAskedAt ?? deletionAskedAt(pod),
      pod,
    };
    this.#pods.set(uidOf(pod), record);
    return record;
  }

  /** Reports the wait only at the end, when the pod's status shows to the millisecond when the job began. */
  #report(record: PodRecord, job: V1Job | undefined): void {
    const outcome = record.reported ? undefined : outcomeOf(record, job);
    if (!outcome) return;
    record.reported = true;
    if (outcome.endedAt < this.#podsSince) return;
    const { pod } = record;
    const siblings = this.#podsOf(jobUidOf(pod)).map((other) => other.pod);
    const attempt = { number: attemptNumber(pod, siblings), pod };
    this.#record(pod, waitPodSpan(attempt, outcome));
    this.#record(pod, observedSpan(attempt, outcome));
  }

  #record(object: V1Pod | V1Job, observation: Observation | undefined): void {
    if (observation) this.#options.record({ ...observation, ...placeInTrace(object, this.#options.shape) });
  }

  #jobSeen(job: V1Job): void {
    const before = this.#jobs.get(uidOf(job));
    this.#jobs.set(uidOf(job), job);
    if (before) this.#record(job, waitAdmissionSpan(before, job));
    const failure = jobFailure(job);
    if (failure) this.#tellOfJob(job, { reason: failure.reason, failed: true, endedAt: failure.at });
  }

  #jobGone(job: V1Job): void {
    const isFinished = condition(job, 'Complete') ?? condition(job, 'Failed');
    if (!isFinished) this.#tellOfJob(job, { reason: 'JobDeleted', failed: true, endedAt: new Date() });
    this.#jobs.delete(uidOf(job));
    this.#forget(uidOf(job));
  }

  /** Reports only a Job that never had a pod: otherwise, the spans of its pods show the outcome. */
  #tellOfJob(job: V1Job, outcome: Outcome): void {
    const { active = 0, failed = 0, succeeded = 0, terminating = 0 } = job.status ?? {};
    const hadPods = active + failed + succeeded + terminating > 0 || this.#podsOf(uidOf(job)).length > 0;
    if (hadPods || this.#toldJobs.has(uidOf(job)) || outcome.endedAt < this.#jobsSince) return;
    this.#toldJobs.add(uidOf(job));
    this.#record(job, observedJobSpan(job, outcome));
  }

  /** Once the Job and all its pods are gone, there is nothing left to report. */
  #forget(uid: string): void {
    const pods = this.#podsOf(uid);
    if (this.#jobs.has(uid) || pods.some(({ isGone }) => !isGone)) return;
    for (const { pod } of pods) this.#pods.delete(uidOf(pod));
    this.#toldJobs.delete(uid);
  }
}

const EVER = new Date(0);
