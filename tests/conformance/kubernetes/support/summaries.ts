import type { V1ContainerState, V1Job, V1Pod, V1PodCondition } from '@kubernetes/client-node';

/** Turns an object of the client into its JSON form, so that it can be compared with a plain object. */
export function plain(object: unknown): unknown {
  return JSON.parse(JSON.stringify(object ?? null));
}

/** Returns what a launcher can see of a Job's status, without times and uids. */
export function jobSummary({ status = {} }: V1Job): object {
  return {
    conditions: (status.conditions ?? []).map(
      ({ type, status: is, reason, message }) => `${type}=${is} ${reason}: ${message}`,
    ),
    active: status.active ?? 0,
    ready: status.ready ?? 0,
    succeeded: status.succeeded ?? 0,
    failed: status.failed ?? 0,
    terminating: status.terminating ?? 0,
    started: status.startTime !== undefined,
    completed: status.completionTime !== undefined,
  };
}

/** Returns the summary of a Job that is not over, with these differences from a Job that has started and has no pod. */
export function unfinished(difference: { active?: number; started?: boolean }): object {
  return {
    conditions: [],
    active: 0,
    ready: 0,
    succeeded: 0,
    failed: 0,
    terminating: 0,
    started: true,
    completed: false,
    ...difference,
  };
}

export function ended(count: { succeeded?: number; failed?: number }, ...conditions: string[]): object {
  const completed = conditions.some((one) => one.startsWith('Complete='));
  return { ...unfinished({}), conditions, completed, ...count };
}

export const SUCCEEDED = [
  'SuccessCriteriaMet=True CompletionsReached: Reached expected number of succeeded pods',
  'Complete=True CompletionsReached: Reached expected number of succeeded pods',
];

export function failedWith(reason: string, message: string): string[] {
  return [`FailureTarget=True ${reason}: ${message}`, `Failed=True ${reason}: ${message}`];
}

export const BACKOFF_EXCEEDED = failedWith(
  'BackoffLimitExceeded',
  'Job has reached the specified backoff limit',
);
export const DEADLINE_EXCEEDED = failedWith(
  'DeadlineExceeded',
  'Job was active longer than specified deadline',
);

/** Returns what a launcher can see of a pod: its phase, its conditions, and the state of each container. */
export function podSummary({ status = {} }: V1Pod): object {
  return {
    phase: status.phase,
    conditions: (status.conditions ?? []).map(conditionText).toSorted(),
    containers: [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map(
      ({ name, ready, restartCount, state = {} }) => ({ name, ready, restartCount, state: stateText(state) }),
    ),
  };
}

function stateText({ waiting, running, terminated }: V1ContainerState): string {
  if (waiting) return `waiting ${waiting.reason ?? ''}`;
  if (running) return 'running';
  return terminated ? `terminated ${terminated.reason ?? ''} ${terminated.exitCode}` : 'none';
}

/** Returns the conditions of a pod whose containers have all ended and whose sandbox has been removed. */
export function overConditions(reason: 'PodCompleted' | 'PodFailed'): string[] {
  return [
    `ContainersReady=False ${reason}`,
    reason === 'PodCompleted' ? 'Initialized=True PodCompleted' : 'Initialized=True',
    'PodReadyToStartContainers=False',
    'PodScheduled=True',
    `Ready=False ${reason}`,
  ];
}

/** Conditions of a pod whose container `main` waits to start. */
export const WAITING_CONDITIONS = [
  'ContainersReady=False ContainersNotReady: containers with unready status: [main]',
  'Initialized=True',
  'PodReadyToStartContainers=True',
  'PodScheduled=True',
  'Ready=False ContainersNotReady: containers with unready status: [main]',
];

function conditionText({ type, status, reason, message }: V1PodCondition): string {
  return `${type}=${status}${reason ? ` ${reason}` : ''}${message ? `: ${message}` : ''}`;
}
