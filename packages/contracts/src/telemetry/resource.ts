import type { AttributeDeclaration } from './declarations.ts';

/** The attributes of the resource, which describes the source of the spans, by what has them. */
export const RESOURCE_ATTRIBUTES = {
  everybody: [
    { name: 'service.name', brief: 'The name of the service that created the spans.', example: 'writer' },
  ],
  processes: [
    {
      name: 'service.instance.id',
      brief:
        "The id that distinguishes this process from other processes of the service: in a pod, the pod's uid, and elsewhere a random id.",
      example: 'd34373d8-b9b4-4875-8445-2bd00d5519c6',
    },
    { name: 'host.name', brief: 'The host name of the machine, or in a pod, of the pod.', example: 'node-1' },
    { name: 'process.pid', brief: 'The id of the process.', example: 4711 },
    { name: 'telemetry.sdk.language', brief: 'The language of the SDK.', example: 'nodejs' },
    { name: 'telemetry.sdk.name', brief: 'The name of the SDK.', example: 'opentelemetry' },
    { name: 'telemetry.sdk.version', brief: 'The version of the SDK.', example: '3.0.0' },
  ],
  /** The processes in a Job's pods. */
  jobs: [
    { name: 'k8s.namespace.name', brief: 'The namespace in which the job runs.', example: 'default' },
    { name: 'k8s.node.name', brief: 'The node on which the job runs.', example: 'node-1' },
    { name: 'k8s.pod.name', brief: 'The name of the pod.', example: 'report-6740e1c2a5f3b1d2c3e4f506-7fvvj' },
    { name: 'k8s.pod.uid', brief: 'The uid of the pod.', example: '66d565fd-17a7-4124-90f1-b3e25f2415e0' },
    { name: 'k8s.container.name', brief: 'The name of the container.', example: 'report-job' },
    { name: 'k8s.job.name', brief: 'The name of the Job.', example: 'report-6740e1c2a5f3b1d2c3e4f506' },
    { name: 'k8s.job.uid', brief: 'The uid of the Job.', example: 'bddfe57e-9598-4841-bbd4-1e99919db216' },
  ],
} as const satisfies Record<string, readonly AttributeDeclaration[]>;
