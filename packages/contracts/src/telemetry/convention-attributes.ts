import type { AttributeDeclaration } from './declarations.ts';

const development = { stability: 'development' } as const;
const stable = { stability: 'stable' } as const;

/**
 * The attributes of OpenTelemetry's semantic conventions that our own code sets. They are copied, because a library should not
 * import those in Development (https://opentelemetry.io/docs/specs/semconv/, v1.44).
 */
export const CONVENTION_ATTRIBUTES = {
  messagingSystem: {
    name: 'messaging.system',
    type: 'string',
    brief: 'The database that serves as the queue.',
    example: 'mongodb',
    ...development,
  },
  messagingDestination: {
    name: 'messaging.destination.name',
    type: 'string',
    brief: 'The MongoDB collection that serves as the queue.',
    example: 'orders',
    ...development,
  },
  messagingMessageId: {
    name: 'messaging.message.id',
    type: 'string',
    brief: "The order's id.",
    example: '6740e1c2a5f3b1d2c3e4f506',
    ...development,
  },
  messagingOperationName: {
    name: 'messaging.operation.name',
    type: 'string',
    brief:
      "The operation, in this project's words: on spans `send`, `process`, `settle`, `requeue`, `split`, or `approve`, and on metrics also `receive`.",
    example: 'send',
    ...development,
  },
  messagingOperationType: {
    name: 'messaging.operation.type',
    type: 'string',
    brief: "The operation, in the conventions' words: `send`, `process`, or `settle`.",
    example: 'send',
    ...development,
  },
  messagingBatchCount: {
    name: 'messaging.batch.message_count',
    type: 'int',
    brief: 'The number of orders in a batch, or of parts that were stored together.',
    example: 50,
    ...development,
  },
  processExitCode: {
    name: 'process.exit.code',
    type: 'int',
    brief: "The exit code of the job's process.",
    example: 137,
    ...development,
  },
  errorType: {
    name: 'error.type',
    type: 'string',
    brief:
      'The class of the error with which the span ended. If Kubernetes ended the work, the reason that Kubernetes gives.',
    example: 'TypeError',
    ...stable,
  },
  k8sNamespace: {
    name: 'k8s.namespace.name',
    type: 'string',
    brief: 'The namespace of the Job.',
    example: 'default',
    ...stable,
  },
  k8sJobName: {
    name: 'k8s.job.name',
    type: 'string',
    brief: 'The name of the Job.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506',
    ...stable,
  },
  k8sJobUid: {
    name: 'k8s.job.uid',
    type: 'string',
    brief: "The Job's uid.",
    example: 'bddfe57e-9598-4841-bbd4-1e99919db216',
    ...stable,
  },
  k8sPodName: {
    name: 'k8s.pod.name',
    type: 'string',
    brief: 'The name of the pod. Each attempt of the Job has its own pod.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506-7fvvj',
    ...stable,
  },
  k8sPodUid: {
    name: 'k8s.pod.uid',
    type: 'string',
    brief: "The pod's uid.",
    example: '66d565fd-17a7-4124-90f1-b3e25f2415e0',
    ...stable,
  },
  k8sNodeName: {
    name: 'k8s.node.name',
    type: 'string',
    brief: 'The node on which the pod ran.',
    example: 'node-1',
    ...stable,
  },
  containerImage: {
    name: 'container.image.name',
    type: 'string',
    brief: 'The image of the job.',
    example: 'report-job:local',
    ...stable,
  },
} as const satisfies Record<string, AttributeDeclaration>;
