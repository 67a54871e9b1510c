import type { Container, EnvVar, Job, JobSpec, PodSpec, PodTemplate } from '../objects.ts';

/** Fills in what the API server fills in: counts, policies, labels and the selector that ties pods to their Job. */
export function withJobDefaults(job: Job): Job {
  const generated: Record<string, string> = {
    'batch.kubernetes.io/controller-uid': job.metadata.uid,
    'batch.kubernetes.io/job-name': job.metadata.name,
    'controller-uid': job.metadata.uid,
    'job-name': job.metadata.name,
  };
  const spec: Partial<JobSpec> = job.spec ?? {};
  const template: Partial<PodTemplate> = spec.template ?? {};
  const labels = spec.manualSelector
    ? template.metadata?.labels
    : { ...template.metadata?.labels, ...generated };
  // A Job without labels gets those of its template, as batch/v1 has always done.
  const own = job.metadata.labels ?? labels;
  return {
    ...job,
    metadata: { ...job.metadata, ...(own ? { labels: own } : {}) },
    spec: {
      ...spec,
      ...defaultCounts(spec),
      ...(spec.manualSelector ? {} : { selector: selectorFor(spec, job.metadata.uid) }),
      manualSelector: spec.manualSelector ?? false,
      template: {
        ...template,
        metadata: { ...template.metadata, ...(labels ? { labels } : {}) },
        spec: withPodDefaults(template.spec ?? {}),
      },
      completionMode: spec.completionMode ?? 'NonIndexed',
      suspend: spec.suspend ?? false,
      podReplacementPolicy:
        spec.podReplacementPolicy ?? (spec['podFailurePolicy'] ? 'Failed' : 'TerminatingOrFailed'),
    },
  };
}

function defaultCounts({ parallelism, completions, backoffLimit }: Partial<JobSpec>): Partial<JobSpec> {
  const both = parallelism === undefined && completions === undefined;
  const wanted = both ? 1 : completions;
  return {
    parallelism: parallelism ?? 1,
    ...(wanted === undefined ? {} : { completions: wanted }),
    backoffLimit: backoffLimit ?? 6,
  };
}

function selectorFor(spec: Partial<JobSpec>, uid: string): JobSpec['selector'] {
  return {
    ...spec.selector,
    matchLabels: { ...spec.selector?.matchLabels, 'batch.kubernetes.io/controller-uid': uid },
  };
}

function withPodDefaults(spec: Partial<PodSpec>): PodSpec {
  const { containers, initContainers } = spec;
  return {
    ...spec,
    containers: (containers ?? []).map(withContainerDefaults),
    ...(initContainers ? { initContainers: initContainers.map(withContainerDefaults) } : {}),
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    dnsPolicy: spec['dnsPolicy'] ?? 'ClusterFirst',
    securityContext: spec['securityContext'] ?? {},
    schedulerName: spec.schedulerName ?? 'default-scheduler',
  };
}

function withContainerDefaults(container: Container): Container {
  return {
    ...container,
    ...(container.env ? { env: container.env.map(withFieldVersion) } : {}),
    resources: container.resources ?? {},
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    imagePullPolicy: container.imagePullPolicy ?? pullPolicy(container.image ?? ''),
  };
}

function withFieldVersion(variable: EnvVar): EnvVar {
  const { fieldRef, resourceFieldRef } = variable.valueFrom ?? {};
  if (resourceFieldRef) {
    return {
      ...variable,
      valueFrom: { ...variable.valueFrom, resourceFieldRef: { divisor: '0', ...resourceFieldRef } },
    };
  }
  if (!fieldRef) return variable;
  return { ...variable, valueFrom: { ...variable.valueFrom, fieldRef: { apiVersion: 'v1', ...fieldRef } } };
}

/** The tag `latest`, also when it is only meant, is pulled each time. */
function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1);
  const tag = last.includes('@') ? 'digest' : (last.split(':')[1] ?? 'latest');
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}
