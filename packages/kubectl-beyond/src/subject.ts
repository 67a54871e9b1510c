import { ROOT_CONTEXT, trace, type SpanContext } from '@opentelemetry/api';
import { annotationsCarrier, extractContext, v1EnvVarCarrier } from '@beyond-headers/propagation';
import { kubectl } from './kubectl.ts';
import type { Container, Job, Pod } from './objects.ts';
import { UsageError } from './output.ts';

/** The object that `of` examines, with its pods. */
export interface Subject {
  /** Such as `job/report`. For a CronJob, it is the name of its last Job. */
  name: string;
  pods: Pod[];
  carried: SpanContext | undefined;
  /** Whether its pods start their own traces, which link to the carried context. */
  isLinked: boolean;
  isOver: boolean;
}

const KINDS: Record<string, 'job' | 'pod' | 'cronjob'> = {
  job: 'job',
  jobs: 'job',
  pod: 'pod',
  pods: 'pod',
  po: 'pod',
  cronjob: 'cronjob',
  cronjobs: 'cronjob',
  cj: 'cronjob',
};

/** Reads a Job, a pod, or the last run of a CronJob, named as in kubectl: `job/report`. `where` has options for kubectl. */
export async function readSubject(reference: string, where: readonly string[]): Promise<Subject> {
  // After kubectl has created a Job, it prints `job.batch/report`.
  const [, kind = '', name = ''] = /^([a-z]+)(?:\.batch)?\/([a-z0-9][a-z0-9.-]*)$/.exec(reference) ?? [];
  const read = KINDS[kind];
  if (!read)
    throw new UsageError(`of: got ${reference || 'nothing'}, expected job/NAME, pod/NAME or cronjob/NAME.`);
  const object = await get<unknown>([read, name], where);
  if (read === 'pod') return ofPod(object as Pod);
  return ofJob(read === 'job' ? (object as Job) : await lastRun(object as Job, where), where);
}

async function get<T>(args: string[], where: readonly string[]): Promise<T> {
  return JSON.parse(await kubectl(['get', ...args, ...where, '--output=json'])) as T;
}

function ofPod(pod: Pod): Subject {
  const isOver = ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');
  return { name: `pod/${pod.metadata.name}`, pods: [pod], isOver, ...carriedBy([pod.metadata], [pod]) };
}

async function ofJob(job: Job, where: readonly string[]): Promise<Subject> {
  const selector = `--selector=batch.kubernetes.io/job-name=${job.metadata.name}`;
  const { items: pods } = await get<{ items: Pod[] }>(['pods', selector], where);
  const isOver = (job.status?.conditions ?? []).some(
    ({ type, status }) => ['Complete', 'Failed'].includes(type) && status === 'True',
  );
  const metadata = [job.metadata, job.spec.template.metadata ?? {}];
  return { name: `job/${job.metadata.name}`, pods, isOver, ...carriedBy(metadata, pods) };
}

const startOf = ({ metadata }: Job): number => Date.parse(metadata.creationTimestamp ?? '');

async function lastRun({ metadata: { uid, name } }: Job, where: readonly string[]): Promise<Job> {
  const { items } = await get<{ items: Job[] }>(['jobs'], where);
  const runs = items.filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid));
  const last = runs.toSorted((a, b) => startOf(b) - startOf(a))[0];
  if (!last) throw new Error(`cronjob/${name} has no run: none has started yet, or they have been deleted.`);
  return last;
}

function carriedBy(
  metadata: Array<Pod['metadata']>,
  pods: readonly Pod[],
): Pick<Subject, 'carried' | 'isLinked'> {
  const containers = pods.flatMap(({ spec }) => spec.containers);
  const contexts = [
    ...containers.map(({ env = [] }) => extractContext(env, v1EnvVarCarrier, ROOT_CONTEXT)),
    ...[...metadata, ...pods.map((pod) => pod.metadata)].map(({ annotations = {} }) =>
      extractContext(annotations, annotationsCarrier, ROOT_CONTEXT),
    ),
  ];
  const carried = contexts.map((one) => trace.getSpanContext(one)).find((one) => one !== undefined);
  return { carried, isLinked: containers.some(isLinked) };
}

const isLinked = ({ env = [] }: Container): boolean =>
  env.some(({ name, value }) => name === 'TRACE_SHAPE' && value === 'link');
