import type { KubernetesObject, V1Container, V1Deployment, V1Job, V1Pod } from '@kubernetes/client-node';

/** The part of a JobSet that this example needs. https://github.com/kubernetes-sigs/jobset */
export interface JobSet extends KubernetesObject {
  spec: { replicatedJobs: Array<{ name: string; replicas: number; template: Pick<V1Job, 'spec'> }> };
}

export const podOf = (container: V1Container): V1Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { generateName: 'example-pod-' },
  spec: { restartPolicy: 'Never', containers: [container] },
});

export const deploymentOf = (container: V1Container): V1Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { generateName: 'example-deployment-' },
  spec: {
    selector: { matchLabels: { app: container.name } },
    template: { metadata: { labels: { app: container.name } }, spec: { containers: [container] } },
  },
});

/** Returns an indexed Job. Kubernetes sets `JOB_COMPLETION_INDEX` in each pod. */
export const indexedJobOf = (container: V1Container): V1Job => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { generateName: 'example-indexed-' },
  spec: { completionMode: 'Indexed', completions: 2, parallelism: 2, template: templateOf(container) },
});

export const jobSetOf = (container: V1Container): JobSet => ({
  apiVersion: 'jobset.x-k8s.io/v1alpha2',
  kind: 'JobSet',
  metadata: { generateName: 'example-jobset-' },
  spec: {
    replicatedJobs: ['driver', 'workers'].map((name) => ({
      name,
      replicas: 1,
      template: { spec: { template: templateOf(structuredClone(container)) } },
    })),
  },
});

const templateOf = (container: V1Container) => ({
  spec: { restartPolicy: 'Never', containers: [container] },
});
