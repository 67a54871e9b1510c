import { timestamp } from '../names.ts';
import type { Condition, ContainerStatus, Pod, PodStatus } from '../objects.ts';

/** What the kubelet knows of a pod; the status is computed from it. */
export interface PodState {
  podIP?: string;
  hostIP: string;
  init: ContainerStatus[];
  main: ContainerStatus[];
  /** Set when all is over. */
  outcome?: 'Succeeded' | 'Failed';
  reason?: string;
  message?: string;
}

/** The status of a pod, from its state and the status before (whose transition times are kept where nothing changed). */
export function podStatus(pod: Pod, state: PodState): PodStatus {
  const { outcome, reason, message, hostIP, podIP, init, main } = state;
  const observedGeneration = pod.metadata.generation ?? 1;
  const runs = main.some((one) => one.containerID !== undefined);
  return {
    observedGeneration,
    phase: outcome ?? (runs ? 'Running' : 'Pending'),
    conditions: podConditions(state).map((finding) => ({
      ...finding,
      observedGeneration,
      lastTransitionTime: transitionTime(finding, pod.status.conditions),
    })),
    reason,
    message,
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    startTime: pod.status.startTime ?? timestamp(),
    ...(init.length > 0 ? { initContainerStatuses: init } : {}),
    containerStatuses: main,
  };
}

function podConditions(state: PodState): Condition[] {
  const sandbox = state.podIP !== undefined && !state.outcome;
  return [
    { type: 'PodReadyToStartContainers', status: sandbox ? 'True' : 'False' },
    initialized(state),
    { type: 'Ready', ...readiness(state) },
    { type: 'ContainersReady', ...readiness(state) },
    { type: 'PodScheduled', status: 'True' },
  ];
}

function initialized({ init, outcome }: PodState): Condition {
  const type = 'Initialized';
  const missing = names(init.filter((one) => one.state.terminated?.exitCode !== 0));
  if (!missing) return { type, status: 'True', reason: outcome === 'Succeeded' ? 'PodCompleted' : undefined };
  const message = `containers with incomplete status: [${missing}]`;
  return { type, status: 'False', reason: 'ContainersNotInitialized', message };
}

function readiness({ main, init, outcome }: PodState): Omit<Condition, 'type'> {
  const lost = [...main, ...init].some((one) => one.state.terminated?.reason === 'ContainerStatusUnknown');
  if (outcome && !lost)
    return { status: 'False', reason: outcome === 'Succeeded' ? 'PodCompleted' : 'PodFailed' };
  const unready = names(main.filter((one) => !one.ready));
  if (!unready) return { status: 'True' };
  const message = `containers with unready status: [${unready}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}

function names(containers: ContainerStatus[]): string {
  return containers.map(({ name }) => name).join(' ');
}

function transitionTime({ type, status }: Condition, before: Condition[] = []): string {
  const same = before.find((one) => one.type === type && one.status === status);
  return same?.lastTransitionTime ?? timestamp();
}
