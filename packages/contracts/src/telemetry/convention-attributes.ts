import type { AttributeDeclaration } from './declarations.ts';

/**
 * The attributes of OpenTelemetry's semantic conventions that our own code sets. They are copied, because a library should not
 * import those in Development (https://opentelemetry.io/docs/specs/semconv/, v1.44).
 */
export const CONVENTION_ATTRIBUTES = {
  messagingSystem: {
    name: 'messaging.system',
    brief: 'The database that serves as the queue.',
    example: 'mongodb',
  },
  messagingDestination: {
    name: 'messaging.destination.name',
    brief: 'The MongoDB collection that serves as the queue.',
    example: 'orders',
  },
  messagingMessageId: {
    name: 'messaging.message.id',
    brief: "The order's id.",
    example: '6740e1c2a5f3b1d2c3e4f506',
  },
  messagingOperationName: {
    name: 'messaging.operation.name',
    brief:
      "The operation, in this project's words: on spans `send`, `process`, `settle`, `requeue`, `split`, or `approve`, and on metrics also `receive`.",
    example: 'send',
  },
  messagingOperationType: {
    name: 'messaging.operation.type',
    brief: "The operation, in the conventions' words: `send`, `process`, or `settle`.",
    example: 'send',
  },
  messagingBatchCount: {
    name: 'messaging.batch.message_count',
    brief: 'The number of orders in a batch, or of parts that were stored together.',
    example: 50,
  },
  processExitCode: { name: 'process.exit.code', brief: "The exit code of the job's process.", example: 137 },
  errorType: {
    name: 'error.type',
    brief:
      'The class of the error with which the span ended. If Kubernetes ended the work, the reason that Kubernetes gives.',
    example: 'TypeError',
  },
  k8sNamespace: { name: 'k8s.namespace.name', brief: 'The namespace of the Job.', example: 'default' },
  k8sJobName: {
    name: 'k8s.job.name',
    brief: 'The name of the Job.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506',
  },
  k8sJobUid: {
    name: 'k8s.job.uid',
    brief: "The Job's uid.",
    example: 'bddfe57e-9598-4841-bbd4-1e99919db216',
  },
  k8sPodName: {
    name: 'k8s.pod.name',
    brief: 'The name of the pod. Each attempt of the Job has its own pod.',
    example: 'report-6740e1c2a5f3b1d2c3e4f506-7fvvj',
  },
  k8sPodUid: {
    name: 'k8s.pod.uid',
    brief: "The pod's uid.",
    example: '66d565fd-17a7-4124-90f1-b3e25f2415e0',
  },
  k8sNodeName: { name: 'k8s.node.name', brief: 'The node on which the pod ran.', example: 'node-1' },
  containerImage: {
    name: 'container.image.name',
    brief: 'The image of the job.',
    example: 'report-job:local',
  },
} as const satisfies Record<string, AttributeDeclaration>;
