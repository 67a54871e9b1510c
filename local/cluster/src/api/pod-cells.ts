import type { ContainerStatus, Pod } from '../objects.ts';

/** Ready containers of all, as in `1/1`. */
export function readyCell({ spec, status }: Pod): string {
  return `${(status.containerStatuses ?? []).filter((one) => one.ready).length}/${spec.containers.length}`;
}

/** The one word that stands for a pod's state: what its containers wait for or ended with, else its phase. */
export function podStatusCell({ metadata, status }: Pod): string {
  const over = status.phase === 'Succeeded' || status.phase === 'Failed';
  if (metadata.deletionTimestamp && !over) return 'Terminating';
  return containersCell(status.containerStatuses ?? []) ?? status.phase ?? '';
}

function containersCell(all: ContainerStatus[]): string | undefined {
  const first = all.find(({ state }) => state.waiting?.reason ?? state.terminated);
  const { waiting, terminated } = first?.state ?? {};
  const word = waiting?.reason ?? terminated?.reason;
  return word === 'Completed' && all.some(({ ready }) => ready) ? 'Running' : word;
}
