import type { AttributeDeclaration } from './declarations.ts';

/** An attribute of the resource, which describes the source of the spans. */
export interface ResourceDeclaration extends AttributeDeclaration {
  /** Which sources have it: all, only processes, or only the processes in a Job's pods. */
  scope: 'everybody' | 'process' | 'job';
}

export const RESOURCE_ATTRIBUTES: readonly ResourceDeclaration[] = [
  {
    name: 'service.name',
    brief: 'The name of the service that created the spans.',
    example: 'writer',
    scope: 'everybody',
  },
  {
    name: 'service.instance.id',
    brief:
      "The id that distinguishes this process from other processes of the service: in a pod, the pod's uid, and elsewhere a random id.",
    example: 'd34373d8-b9b4-4875-8445-2bd00d5519c6',
    scope: 'process',
  },
  {
    name: 'host.name',
    brief: 'The host name of the machine, or in a pod, of the pod.',
    example: 'node-1',
    scope: 'process',
  },
  { name: 'process.pid', brief: 'The id of the process.', example: 4711, scope: 'process' },
  { name: 'telemetry.sdk.language', brief: 'The language of the SDK.', example: 'nodejs', scope: 'process' },
  { name: 'telemetry.sdk.name', brief: 'The name of the SDK.', example: 'opentelemetry', scope: 'process' },
  { name: 'telemetry.sdk.version', brief: 'The version of the SDK.', example: '3.0.0', scope: 'process' },
  {
    name: 'k8s.namespace.name',
    brief: 'The namespace in which the job runs.',
    example: 'default',
    scope: 'job',
  },
  { name: 'k8s.node.name', brief: 'The node on which the job runs.', example: 'node-1', scope: 'job' },
  {
    name: 'k8s.pod.name',
    brief: 'The name of the pod.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506-7fvvj',
    scope: 'job',
  },
  {
    name: 'k8s.pod.uid',
    brief: 'The uid of the pod.',
    example: '66d565fd-17a7-4124-90f1-b3e25f2415e0',
    scope: 'job',
  },
  { name: 'k8s.container.name', brief: 'The name of the container.', example: 'report-job', scope: 'job' },
  {
    name: 'k8s.job.name',
    brief: 'The name of the Job.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506',
    scope: 'job',
  },
  {
    name: 'k8s.job.uid',
    brief: 'The uid of the Job.',
    example: 'bddfe57e-9598-4841-bbd4-1e99919db216',
    scope: 'job',
  },
];
