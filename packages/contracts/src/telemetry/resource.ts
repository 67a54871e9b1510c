import type { AttributeDeclaration } from './declarations.ts';

/** An attribute of the resource: it says who made the spans. */
export interface ResourceDeclaration extends AttributeDeclaration {
  services: readonly string[];
}

const stable = { stability: 'stable' } as const;
const development = { stability: 'development' } as const;
const JOB = ['report-job'];
const PROCESSES = ['writer', 'poller', 'job-launcher', ...JOB];

export const RESOURCE_ATTRIBUTES: readonly ResourceDeclaration[] = [
  {
    name: 'service.name',
    type: 'string',
    brief: 'Who made the spans.',
    example: 'writer',
    services: ['browser', ...PROCESSES],
    ...stable,
  },
  {
    name: 'service.instance.id',
    type: 'string',
    brief: "Which process of that name: the pod's uid, or random.",
    example: 'd34373d8-b9b4-4875-8445-2bd00d5519c6',
    services: PROCESSES,
    ...stable,
  },
  {
    name: 'host.name',
    type: 'string',
    brief: 'The machine.',
    example: 'node-1',
    services: PROCESSES,
    ...development,
  },
  {
    name: 'process.pid',
    type: 'int',
    brief: 'The process.',
    example: 4711,
    services: PROCESSES,
    ...development,
  },
  {
    name: 'telemetry.sdk.language',
    type: 'string',
    brief: "The SDK's.",
    example: 'nodejs',
    services: PROCESSES,
    ...stable,
  },
  {
    name: 'telemetry.sdk.name',
    type: 'string',
    brief: "The SDK's.",
    example: 'opentelemetry',
    services: PROCESSES,
    ...stable,
  },
  {
    name: 'telemetry.sdk.version',
    type: 'string',
    brief: "The SDK's.",
    example: '3.0.0',
    services: PROCESSES,
    ...stable,
  },
  {
    name: 'k8s.namespace.name',
    type: 'string',
    brief: 'Where the job runs.',
    example: 'default',
    services: JOB,
    ...stable,
  },
  { name: 'k8s.node.name', type: 'string', brief: 'The node.', example: 'node-1', services: JOB, ...stable },
  {
    name: 'k8s.pod.name',
    type: 'string',
    brief: 'The pod.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506-7fvvj',
    services: JOB,
    ...stable,
  },
  {
    name: 'k8s.pod.uid',
    type: 'string',
    brief: 'Its uid.',
    example: '66d565fd-17a7-4124-90f1-b3e25f2415e0',
    services: JOB,
    ...stable,
  },
  {
    name: 'k8s.container.name',
    type: 'string',
    brief: 'The container.',
    example: 'report-job',
    services: JOB,
    ...stable,
  },
  {
    name: 'k8s.job.name',
    type: 'string',
    brief: 'The Job.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506',
    services: JOB,
    ...stable,
  },
  {
    name: 'k8s.job.uid',
    type: 'string',
    brief: 'Its uid.',
    example: 'bddfe57e-9598-4841-bbd4-1e99919db216',
    services: JOB,
    ...stable,
  },
];
