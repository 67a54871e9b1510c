import type { ContainerStatus, Pod } from '../objects.ts';

/** Ready containers of all, as in `1/1`. */
export function readyCell({ spec, status }: Pod): string {
  return `${(status.containerStatuses ?? []).filter((one) => one.ready).length}/${spec.containers.length}`;
}

/** The one word that stands for a pod's state: what its containers wait for or ended with, else its phase. */
export function podStatusCell(pod: Pod): string {
  const { metadata, status } = pod;
  const over = status.phase === 'Succeeded' || status.phase === 'Failed';
  if (metadata.deletionTimestamp && !over) return 'Terminating';
  return (
    initCell(pod) ?? containersCell(status.containerStatuses ?? []) ?? status.reason ?? status.phase ?? ''
  );
}

function initCell({ spec, status }: Pod): string | undefined {
  const all = status.initContainerStatuses ?? [];
  const at = all.findIndex((one) => one.state.terminated?.exitCode !== 0);
  const state = all[at]?.state;
  if (!state) return undefined;
  if (state.terminated) return `Init:${state.terminated.reason ?? `ExitCode:${state.terminated.exitCode}`}`;
  const waiting = state.waiting?.reason;
  if (waiting && waiting !== 'PodInitializing') return `Init:${waiting}`;
  return `Init:${at}/${spec.initContainers?.length ?? 0}`;
}

function containersCell(all: ContainerStatus[]): string | undefined {
  const first = all.find(({ state }) => state.waiting?.reason ?? state.terminated);
  const { waiting, terminated } = first?.state ?? {};
  const word = waiting?.reason ?? terminated?.reason;
  return word === 'Completed' && all.some(({ ready }) => ready) ? 'Running' : word;
}
