import type { Job, KubeObject, ObjectTypes, ResourceName } from '../objects.ts';
import { trueCondition } from '../controllers/job-verdict.ts';
import { age, humanDuration } from './duration.ts';
import { podStatusCell, readyCell } from './pod-cells.ts';

/** A column's name, its cell, and priority 1 when only `-o wide` shows it. */
export type Column<T extends KubeObject> = [
  name: string,
  cell: (object: T) => string | number | undefined,
  priority?: number,
];

const name: Column<KubeObject> = ['Name', ({ metadata }) => metadata.name];
const created: Column<KubeObject> = ['Age', ({ metadata }) => age(metadata.creationTimestamp)];

/** What `kubectl get` shows of each resource. */
export const columns: Readonly<{ [R in ResourceName]: Column<ObjectTypes[R]>[] }> = {
  jobs: [
    name,
    ['Status', jobStatus],
    ['Completions', completions],
    ['Duration', duration],
    created,
    ['Containers', ({ spec }) => spec.template.spec.containers.map((one) => one.name).join(','), 1],
    ['Images', ({ spec }) => spec.template.spec.containers.map((one) => one.image).join(','), 1],
    ['Selector', ({ spec }) => entries(spec.selector?.matchLabels), 1],
  ],
  pods: [
    name,
    ['Ready', readyCell],
    ['Status', podStatusCell],
    ['Restarts', () => '0'],
    created,
    ['IP', ({ status }) => status.podIP ?? '<none>', 1],
    ['Node', ({ spec }) => spec.nodeName ?? '<none>', 1],
  ],
  events: [
    ['Last Seen', ({ lastTimestamp }) => age(lastTimestamp)],
    ['Type', ({ type }) => type],
    ['Reason', ({ reason }) => reason],
    ['Object', ({ involvedObject: { kind = '', name } }) => `${kind.toLowerCase()}/${name}`],
    ['Subobject', ({ involvedObject }) => involvedObject.fieldPath, 1],
    ['Source', ({ source = {} }) => [source.component, source.host].filter(Boolean).join(', '), 1],
    ['Message', ({ message }) => message?.trim()],
    ['First Seen', ({ firstTimestamp }) => age(firstTimestamp), 1],
    ['Count', ({ count }) => count, 1],
    ['Name', ({ metadata }) => metadata.name, 1],
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
  const succeeded = status.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  return (spec.parallelism ?? 1) > 1 ? `${succeeded}/1 of ${spec.parallelism ?? 1}` : `${succeeded}/1`;
}

function duration({ status: { startTime, completionTime } }: Job): string {
  if (!startTime) return '';
  return humanDuration((completionTime ? Date.parse(completionTime) : Date.now()) - Date.parse(startTime));
}

function entries(labels: Record<string, string> = {}): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}
