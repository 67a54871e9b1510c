import { timestamp } from '../names.ts';
import type { Condition, ContainerStatus, Pod, PodStatus } from '../objects.ts';

/** The kubelet's view of a pod, from which the status is computed. */
export interface PodState {
  /** Set once the pod can run its containers. */
  podIP?: string;
  containers: ContainerStatus[];
  /** Set when all containers have ended. */
  outcome?: 'Succeeded' | 'Failed';
}

/** Returns the status of a pod. Conditions that haven't changed keep the transition times of the previous status. */
export function podStatus(pod: Pod, state: PodState, hostIP: string): PodStatus {
  const { outcome, podIP, containers } = state;
  const observedGeneration = pod.metadata.generation ?? 1;
  const runs = containers.some((one) => one.containerID !== undefined);
  return {
    observedGeneration,
    phase: outcome ?? (runs ? 'Running' : 'Pending'),
    conditions: podConditions(state).map((finding) => ({
      ...finding,
      observedGeneration,
      lastTransitionTime: transitionTime(finding, pod.status.conditions),
    })),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    ...(podIP ? { podIP, podIPs: [{ ip: podIP }] } : {}),
    startTime: pod.status.startTime ?? timestamp(),
    containerStatuses: containers,
  };
}

function podConditions(state: PodState): Condition[] {
  const sandbox = state.podIP !== undefined && !state.outcome;
  const reason = state.outcome === 'Succeeded' ? 'PodCompleted' : undefined;
  return [
    { type: 'PodReadyToStartContainers', status: sandbox ? 'True' : 'False' },
    { type: 'Initialized', status: 'True', reason },
    { type: 'Ready', ...readiness(state) },
    { type: 'ContainersReady', ...readiness(state) },
    { type: 'PodScheduled', status: 'True' },
  ];
}

function readiness({ containers, outcome }: PodState): Omit<Condition, 'type'> {
  const lost = containers.some((one) => one.state.terminated?.reason === 'ContainerStatusUnknown');
  if (outcome && !lost)
    return { status: 'False', reason: outcome === 'Succeeded' ? 'PodCompleted' : 'PodFailed' };
  const unready = containers.filter((one) => !one.ready).map(({ name }) => name);
  if (unready.length === 0) return { status: 'True' };
  const message = `containers with unready status: [${unready.join(' ')}]`;
  return { status: 'False', reason: 'ContainersNotReady', message };
}

function transitionTime({ type, status }: Condition, before: Condition[] = []): string {
  const same = before.find((one) => one.type === type && one.status === status);
  return same?.lastTransitionTime ?? timestamp();
}
