import { randomUUID } from 'node:crypto';
import { generatedName, timestamp } from '../names.ts';
import type { Container, EnvVar, Job, Pod, PodSpec } from '../objects.ts';
import { TRACKING_FINALIZER } from './pod-deletion.ts';

export const INDEX_KEY = 'batch.kubernetes.io/job-completion-index';

const TOLERATED_S = 300;

/** A new pod of a Job, from its template; of an indexed Job the one for `index`. */
export function podOfJob(job: Job, index?: number): Pod {
  const { metadata: template = {}, spec } = job.spec.template;
  const indexed: Record<string, string> = index === undefined ? {} : { [INDEX_KEY]: String(index) };
  const base = index === undefined ? `${job.metadata.name}-` : `${job.metadata.name}-${index}-`;
  const annotations = { ...template.annotations, ...indexed };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name: generatedName(base),
      generateName: base,
      ...(job.metadata.namespace === undefined ? {} : { namespace: job.metadata.namespace }),
      uid: randomUUID(),
      resourceVersion: '',
      generation: 1,
      creationTimestamp: timestamp(),
      labels: { ...template.labels, ...indexed },
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      ownerReferences: [ownerReference(job)],
      finalizers: [TRACKING_FINALIZER],
    },
    spec: podSpec(job, spec, index),
    status: { phase: 'Pending', qosClass: qosClass(spec) },
  };
}

function ownerReference(job: Job): NonNullable<Pod['metadata']['ownerReferences']>[number] {
  const { name, uid } = job.metadata;
  return { apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true, blockOwnerDeletion: true };
}

/** The template's spec with what admission adds to every pod, save the API access volume: nothing is mounted here. */
function podSpec(job: Job, spec: PodSpec, index: number | undefined): PodSpec {
  return {
    serviceAccountName: 'default',
    ...spec,
    containers: spec.containers.map(withRequests),
    ...(spec.initContainers ? { initContainers: spec.initContainers.map(withRequests) } : {}),
    ...(index === undefined ? {} : indexedParts(job, spec, index)),
    serviceAccount: spec.serviceAccountName ?? 'default',
    tolerations: [
      ...(Array.isArray(spec['tolerations']) ? (spec['tolerations'] as unknown[]) : []),
      toleration('node.kubernetes.io/not-ready'),
      toleration('node.kubernetes.io/unreachable'),
    ],
    priority: 0,
    enableServiceLinks: spec['enableServiceLinks'] ?? true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function toleration(key: string): object {
  return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: TOLERATED_S };
}

function indexedParts(job: Job, spec: PodSpec, index: number): Partial<PodSpec> {
  return {
    hostname: `${job.metadata.name}-${index}`,
    containers: spec.containers.map((one) => withIndex(withRequests(one))),
    ...(spec.initContainers
      ? { initContainers: spec.initContainers.map((one) => withIndex(withRequests(one))) }
      : {}),
  };
}

/** A limit without a request is the request, too. */
function withRequests(container: Container): Container {
  const { limits, requests } = container.resources ?? {};
  return limits
    ? { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } }
    : container;
}

function withIndex(container: Container): Container {
  if (container.env?.some(({ name }) => name === 'JOB_COMPLETION_INDEX')) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX_KEY}']` };
  const variable: EnvVar = { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } };
  return { ...container, env: [...(container.env ?? []), variable] };
}

function qosClass(spec: PodSpec): string {
  const all = [...spec.containers, ...(spec.initContainers ?? [])].map((one) => one.resources ?? {});
  const none = all.every(({ limits, requests }) => !hasAny(limits) && !hasAny(requests));
  if (none) return 'BestEffort';
  const guaranteed = all.every(({ limits, requests }) =>
    ['cpu', 'memory'].every(
      (key) => limits?.[key] !== undefined && (requests?.[key] ?? limits[key]) === limits[key],
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

function hasAny(resources: Record<string, string> | undefined): boolean {
  return Object.keys(resources ?? {}).some((key) => key === 'cpu' || key === 'memory');
}
