import type { AttributeKey } from './attributes.ts';
import type { SpanDeclaration } from './declarations.ts';

const MESSAGING = [
  'messagingSystem',
  'messagingDestination',
  'messagingOperationName',
  'messagingOperationType',
] as const;
const JOB = ['orderId', 'k8sNamespace', 'k8sJobName', 'k8sJobUid'] as const;
const POD = [...JOB, 'k8sPodName', 'k8sPodUid', 'attempt'] as const;

const UNDER_LAUNCH =
  '`launch report-job`. With `OBSERVER_SHAPE=link`, none; the span then links to `launch report-job`';
const TO_THE_SECOND = 'the times are known only to the second';

const ofIndexedJob = {
  completionIndex: ['in an Indexed Job', 'tests/cluster/more-of-kubernetes.test.ts'],
} as const;

/** What any span may have, those of instrumentations included. */
export const ON_ANY_SPAN = {
  errorType: 'if it ended with an error',
  customerTier: 'if the work carries it as baggage',
} as const satisfies Partial<Record<AttributeKey, string>>;

/** Every span of our own. */
export const SPANS = {
  clickRun: {
    name: 'click Run',
    kind: 'INTERNAL',
    services: ['browser'],
    brief:
      "A click in the playground, until its orders are placed. The playground's server exports this span as the service `browser`.",
    parent: 'none, because it is the root of a run',
    always: ['runSettings'],
  },
  sendOrders: {
    name: 'send orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief: 'The writer stores an order, with the context of this span in the document.',
    parent: '`POST /orders`, or `POST /orders/batch`, which has one such span for each order',
    links: 'the first `send orders` of the order, if the request was repeated with the same Idempotency-Key',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  waitOrders: {
    name: 'wait orders',
    kind: 'INTERNAL',
    services: ['poller'],
    brief: 'The time in the queue, from when the order became available until it was claimed.',
    parent:
      '`process orders` if the document carried no context, if the run is scheduled, or if the order resumes. Otherwise, `send orders`, `split orders` or `requeue orders`',
    links: '`process orders`, if that is in another trace',
    always: ['orderId', 'attempt'],
  },
  processOrders: {
    name: 'process orders',
    kind: 'CONSUMER',
    services: ['poller'],
    brief: 'One attempt at an order, or at each order of a batch.',
    parent:
      '`send orders`, `split orders` or `requeue orders` in the shapes `parent` and `parent+link`. After a pause, the attempt that stopped. The span has no parent in the shape `link`, after a pause of `HOLD_LINK_AFTER_MS` or longer, with more parts than `TRACE_MAX_FAN_OUT`, in a scheduled run, and in a batch',
    links:
      'the previous attempt, in every shape, but not in a batch. In the shapes `link` and `parent+link`, also the span that is the parent in the shape `parent`. A batch has such a link for each order. After a pause, also the cause of the resumption: the approval, or the last attempt at each part. For a scheduled run, the span that placed the order, and the previous run',
    always: MESSAGING,
    sometimes: {
      messagingMessageId: 'for a single order',
      orderId: 'for a single order',
      attempt: 'for a single order',
      maxAttempts: 'for a single order',
      contextFound: 'for a single order',
      outcome: 'for a single order',
      run: 'for a recurring order',
      retryAt: 'the order will be tried again',
      pauseReason: 'the work resumes after a pause',
      pauseMs: 'the work resumes after a pause',
      partOf: 'the order is a part of another one',
    },
    elsewhere: {
      messagingBatchCount: ['for a batch', 'tests/integration/queue-retry.test.ts'],
      traceLimit: ['a limit made a new trace', 'tests/integration/queue-retry.test.ts'],
    },
  },
  settleOrders: {
    name: 'settle orders',
    kind: 'CLIENT',
    services: ['poller'],
    brief:
      'The poller stores how the attempt ended, alone or together with other orders that end at the same time.',
    parent: '`process orders`',
    always: MESSAGING,
    sometimes: { messagingMessageId: 'for a single order' },
    elsewhere: {
      messagingBatchCount: ['for a batch', 'tests/integration/queue-retry.test.ts'],
    },
  },
  requeueOrders: {
    name: 'requeue orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief:
      'The poller puts a dead letter back into the queue, with the context of this span in the document.',
    parent: '`POST /dead-letters/:id/retry`',
    links: 'the context that the dead letter carried, and its last attempt',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  cancelOrders: {
    name: 'cancel orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'The writer cancels an order that is not being processed.',
    parent: '`DELETE /orders/:id`',
    links: 'the span that placed or requeued the order, and the last attempt that stopped',
    always: ['orderId'],
  },
  splitOrders: {
    name: 'split orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief: 'The poller stores the parts of an order, each with the context of this span in its document.',
    parent: '`process orders`',
    always: [...MESSAGING, 'orderId'],
    sometimes: { messagingBatchCount: 'there are several parts' },
    elsewhere: { messagingMessageId: ['for a single part', 'tests/integration/parts.test.ts'] },
  },
  approveOrders: {
    name: 'approve orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief:
      'The writer approves a held order, and stores the context of this span in the document as a cause.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt in which the order stopped',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  rejectOrders: {
    name: 'reject orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'The writer ends a held order.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt in which the order stopped',
    always: ['orderId'],
  },
  storeTemplate: {
    name: 'store template',
    kind: 'INTERNAL',
    services: ['writer', 'job-launcher'],
    brief: "Only in the demo's pitfall `stale`: the span whose context is used instead of the order's.",
    parent: 'none, because it is a separate trace',
    always: [],
  },
  launchReportJob: {
    name: 'launch report-job',
    kind: 'PRODUCER',
    services: ['job-launcher'],
    brief: "The launcher creates a Job, with the context of this span in its containers' environment.",
    parent: '`POST /reports`',
    links: 'the earlier launch that created the Job, if the Job already existed',
    always: ['orderId', 'k8sNamespace', 'k8sJobName'],
    sometimes: {
      k8sJobUid: 'the Job exists',
      launchAttempts: 'the Job exists',
      jobExisted: 'the Job exists',
    },
  },
  waitAdmission: {
    name: 'wait admission',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief: 'The time for which a Job was suspended, known to the second. Each suspension has its own span.',
    parent: UNDER_LAUNCH,
    always: [...JOB, 'timePrecision'],
  },
  waitPod: {
    name: 'wait pod',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the launch to the start of the pod's container, by the job's own clock. If the start is known only to the second, a wait of less than a second is not reported.",
    parent: UNDER_LAUNCH,
    events: ['scheduled', 'accepted by the kubelet'],
    always: POD,
    sometimes: {
      k8sNodeName: 'the pod has a node',
      containerImage: 'the pod has an image',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
  runReportJob: {
    name: 'run report-job',
    kind: 'CONSUMER',
    services: ['report-job'],
    brief: 'The whole run of the job, from its start to its end.',
    parent: '`launch report-job`. If the environment carried no context, or with `TRACE_SHAPE=link`, none',
    links: 'the previous attempt',
    always: ['orderId'],
    sometimes: {
      attempt: 'the number is known',
      carrierVariable: 'the environment carried a context',
      processExitCode: 'the process ended by itself',
    },
    elsewhere: ofIndexedJob,
  },
  observeReportJob: {
    name: 'observe report-job',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the start of the container to its end, by the job's own clock, or else to the second, as Kubernetes records it.",
    parent: UNDER_LAUNCH,
    always: [...JOB, 'jobReason'],
    sometimes: {
      k8sPodName: 'the Job had a pod',
      k8sPodUid: 'the Job had a pod',
      attempt: 'the Job had a pod',
      k8sNodeName: 'the pod had a node',
      containerImage: 'the pod has an image',
      processExitCode: 'the container ended',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
} as const satisfies Record<string, SpanDeclaration<AttributeKey>>;
