import type { Container, EnvVar, Job, JobSpec, ObjectMeta, PodSpec } from '../objects.ts';

const JOB_DEFAULTS = {
  parallelism: 1,
  backoffLimit: 6,
  completionMode: 'NonIndexed',
  suspend: false,
  manualSelector: false,
  podReplacementPolicy: 'TerminatingOrFailed',
};
const POD_DEFAULTS = {
  terminationGracePeriodSeconds: 30,
  dnsPolicy: 'ClusterFirst',
  securityContext: {},
  schedulerName: 'default-scheduler',
};
const CONTAINER_DEFAULTS = {
  resources: {},
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
};

/** Returns the labels that tie pods to their Job. */
export function generatedLabels({ uid, name }: ObjectMeta): Record<string, string> {
  return {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  };
}

/** Fills in the API server's defaults: counts, policies, labels, and the selector that ties pods to their Job. */
export function withJobDefaults(job: Job): Job {
  const { metadata } = job;
  const spec: Partial<JobSpec> = job.spec ?? {};
  const labels = { ...spec.template?.metadata?.labels, ...generatedLabels(metadata) };
  const matchLabels = { ...spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': metadata.uid };
  const onePod = spec.parallelism === undefined && spec.completions === undefined;
  return {
    ...job,
    // A Job without labels gets those of its template, as batch/v1 has always done.
    metadata: { ...metadata, labels: metadata.labels ?? labels },
    spec: {
      ...JOB_DEFAULTS,
      ...(onePod ? { completions: 1 } : {}),
      ...spec,
      selector: { ...spec.selector, matchLabels },
      template: {
        ...spec.template,
        metadata: { ...spec.template?.metadata, labels },
        spec: withPodDefaults(spec.template?.spec ?? {}),
      },
    },
  };
}

export function withPodDefaults(spec: Partial<PodSpec>): PodSpec {
  return { ...POD_DEFAULTS, ...spec, containers: (spec.containers ?? []).map(withContainerDefaults) };
}

function withContainerDefaults(container: Container): Container {
  return {
    ...CONTAINER_DEFAULTS,
    imagePullPolicy: pullPolicy(container.image ?? ''),
    ...container,
    ...(container.env ? { env: container.env.map(withFieldVersion) } : {}),
  };
}

function withFieldVersion(variable: EnvVar): EnvVar {
  const { fieldRef } = variable.valueFrom ?? {};
  if (!fieldRef) return variable;
  return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: { apiVersion: 'v1', ...fieldRef } } };
}

/** Returns `Always` for the tag `latest`, which is also the default tag, and `IfNotPresent` for others. */
function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  const tag = last.includes('@') ? 'digest' : (last.split(':')[1] ?? 'latest');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}
