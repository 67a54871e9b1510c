import { timestamp } from '../names.ts';
import type { Condition, Container, ContainerStatus, Pod, PodStatus } from '../objects.ts';

/** What the kubelet knows of a pod; the status is computed from it. */
export interface PodState {
  podIP?: string;
  hostIP: string;
  init: ContainerStatus[];
  main: ContainerStatus[];
  /** Set when all is over; a deleted pod that never ran is Failed with its own reasons. */
  outcome?: 'Succeeded' | 'Failed';
  sandbox: boolean;
  reason?: string;
  message?: string;
}

export function waitingStatus(container: Container, reason: string): ContainerStatus {
  return {
    name: container.name,
    state: { waiting: { reason } },
    lastState: {},
    ready: false,
    restartCount: 0,
    image: container.image,
    imageID: '',
    started: false,
  };
}

/** The status of a pod, from its state and the status before (whose transition times are kept where nothing changed). */
export function podStatus(pod: Pod, state: PodState): PodStatus {
  const conditions = podConditions(state).map((condition) => ({
    ...condition,
    observedGeneration: pod.metadata.generation ?? 1,
    lastProbeTime: null,
    lastTransitionTime: transitionTime(condition, pod.status.conditions),
  }));
  return {
    observedGeneration: pod.metadata.generation ?? 1,
    phase: phase(state),
    conditions,
    ...(state.reason ? { reason: state.reason } : {}),
    ...(state.message ? { message: state.message } : {}),
    hostIP: state.hostIP,
    hostIPs: [{ ip: state.hostIP }],
    ...(state.podIP ? { podIP: state.podIP, podIPs: [{ ip: state.podIP }] } : {}),
    startTime: pod.status.startTime ?? timestamp(),
    ...(state.init.length > 0 ? { initContainerStatuses: [...state.init] } : {}),
    containerStatuses: [...state.main],
  };
}

function phase(state: PodState): PodStatus['phase'] {
  if (state.outcome) return state.outcome;
  return state.main.some((one) => one.containerID !== undefined) ? 'Running' : 'Pending';
}

type Finding = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

function podConditions(state: PodState): Finding[] {
  return [
    { type: 'PodReadyToStartContainers', status: state.sandbox && !state.outcome ? 'True' : 'False' },
    initialized(state),
    readiness('Ready', state),
    readiness('ContainersReady', state),
    { type: 'PodScheduled', status: 'True' },
  ];
}

function initialized({ init, outcome }: PodState): Finding {
  const missing = init.filter((one) => one.state.terminated?.exitCode !== 0).map((one) => one.name);
  if (missing.length > 0) {
    const message = `containers with incomplete status: [${missing.join(' ')}]`;
    return { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', message };
  }
  return {
    type: 'Initialized',
    status: 'True',
    ...(outcome === 'Succeeded' ? { reason: 'PodCompleted' } : {}),
  };
}

function readiness(type: string, { main, init, outcome }: PodState): Finding {
  const ranToEnd = [...main, ...init].every(
    (one) => one.state.terminated?.reason !== 'ContainerStatusUnknown',
  );
  if (outcome && ranToEnd)
    return { type, status: 'False', reason: outcome === 'Succeeded' ? 'PodCompleted' : 'PodFailed' };
  const unready = main.filter((one) => !one.ready).map((one) => one.name);
  if (unready.length === 0) return { type, status: 'True' };
  return {
    type,
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  };
}

function transitionTime(finding: Finding, before: Condition[] = []): string {
  const same = before.find((one) => one.type === finding.type && one.status === finding.status);
  return same?.lastTransitionTime ?? timestamp();
}
