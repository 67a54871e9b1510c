import { generatedName, newMetadata } from '../names.ts';
import type { Container, Job, Pod, PodSpec } from '../objects.ts';
import { TRACKING_FINALIZER } from './pod-deletion.ts';

export const INDEX_KEY = 'batch.kubernetes.io/job-completion-index';

/** Returns a new pod from a Job's template. For an Indexed Job, it is the pod for `index`. */
export function podOfJob(job: Job, index?: number): Pod {
  const { metadata: template = {}, spec } = job.spec.template;
  const { name, namespace, uid } = job.metadata;
  const indexed: Record<string, string> = index === undefined ? {} : { [INDEX_KEY]: String(index) };
  const generateName = index === undefined ? `${name}-` : `${name}-${index}-`;
  const annotations = index === undefined ? template.annotations : { ...template.annotations, ...indexed };
  const owner = {
    apiVersion: 'batch/v1',
    kind: 'Job',
    name,
    uid,
    controller: true,
    blockOwnerDeletion: true,
  };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      ...newMetadata(generatedName(generateName), namespace),
      generateName,
      generation: 1,
      labels: { ...template.labels, ...indexed },
      annotations,
      ownerReferences: [owner],
      finalizers: [TRACKING_FINALIZER],
    },
    spec: admitted(index === undefined ? spec : withIndex(spec, `${name}-${index}`)),
    status: { phase: 'Pending' },
  };
}

function withIndex(spec: PodSpec, hostname: string): PodSpec {
  return { ...spec, hostname, containers: spec.containers.map(withIndexVariable) };
}

function withIndexVariable(container: Container): Container {
  const { env = [] } = container;
  if (env.some(({ name }) => name === 'JOB_COMPLETION_INDEX')) return container;
  const fieldRef = { apiVersion: 'v1', fieldPath: `metadata.labels['${INDEX_KEY}']` };
  return { ...container, env: [...env, { name: 'JOB_COMPLETION_INDEX', valueFrom: { fieldRef } }] };
}

/** Adds the fields that admission sets in a pod's spec, except the API access volume, because nothing is mounted here. */
export function admitted(spec: PodSpec): PodSpec {
  const { serviceAccountName = 'default' } = spec;
  return { enableServiceLinks: true, ...spec, serviceAccountName, serviceAccount: serviceAccountName };
}
