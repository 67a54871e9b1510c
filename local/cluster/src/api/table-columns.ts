import type { ContainerStatus, Job, KubeObject, ObjectTypes, Pod, ResourceName } from '../objects.ts';
import { trueCondition } from '../controllers/job-verdict.ts';
import { isOver } from '../controllers/pod-deletion.ts';
import { age, humanDuration } from './duration.ts';

/** A column's name, and the function that returns its cell. */
export type Column<T extends KubeObject> = [name: string, cell: (object: T) => string | number | undefined];

const name: Column<KubeObject> = ['Name', ({ metadata }) => metadata.name];
const created: Column<KubeObject> = ['Age', ({ metadata }) => age(metadata.creationTimestamp)];

/** The columns that `kubectl get` shows for each resource. */
export const columns: Readonly<{ [R in ResourceName]: Column<ObjectTypes[R]>[] }> = {
  jobs: [name, ['Status', jobStatus], ['Completions', completions], ['Duration', duration], created],
  pods: [name, ['Ready', readyCell], ['Status', podStatusCell], ['Restarts', () => '0'], created],
  events: [
    ['Last Seen', ({ lastTimestamp }) => age(lastTimestamp)],
    ['Type', ({ type }) => type],
    ['Reason', ({ reason }) => reason],
    ['Object', ({ involvedObject: { kind = '', name } }) => `${kind.toLowerCase()}/${name}`],
    ['Message', ({ message }) => message?.trim()],
  ],
  secrets: [
    name,
    ['Type', ({ type }) => type ?? 'Opaque'],
    ['Data', ({ data }) => Object.keys(data ?? {}).length],
    created,
  ],
  namespaces: [name, ['Status', ({ status }) => status?.phase], created],
};

function jobStatus(job: Job): string {
  const first = (types: string[]): string | undefined => types.find((type) => trueCondition(job, type));
  const over = first(['Complete', 'Failed']);
  if (over) return over;
  if (job.metadata.deletionTimestamp) return 'Terminating';
  return first(['Suspended', 'FailureTarget', 'SuccessCriteriaMet']) ?? 'Running';
}

function completions({ spec, status }: Job): string {
  return `${status.succeeded ?? 0}/${spec.completions ?? 1}`;
}

function duration({ status: { startTime, completionTime } }: Job): string {
  if (!startTime) return '';
  return humanDuration((completionTime ? Date.parse(completionTime) : Date.now()) - Date.parse(startTime));
}

/** Returns the numbers of ready and of all containers, as in `1/1`. */
function readyCell({ spec, status }: Pod): string {
  return `${(status.containerStatuses ?? []).filter((one) => one.ready).length}/${spec.containers.length}`;
}

/** Returns a pod's status in one word, as kubectl does: the reason of a waiting or terminated container, or else the phase. */
function podStatusCell(pod: Pod): string {
  if (pod.metadata.deletionTimestamp && !isOver(pod)) return 'Terminating';
  return containersCell(pod.status.containerStatuses ?? []) ?? pod.status.phase ?? '';
}

function containersCell(all: ContainerStatus[]): string | undefined {
  const first = all.find(({ state }) => state.waiting?.reason ?? state.terminated);
  const { waiting, terminated } = first?.state ?? {};
  const word = waiting?.reason ?? terminated?.reason;
  return word === 'Completed' && all.some(({ ready }) => ready) ? 'Running' : word;
}
