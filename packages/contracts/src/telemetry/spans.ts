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
  "`launch report-job`. If the job-launcher has `OBSERVER_SHAPE=link`, or the Job's containers have `TRACE_SHAPE=link`, the span has no parent, and links to `launch report-job`";
const QUEUED =
  'In all other cases, including a retry: the span that put the order into the queue. This is `requeue orders` if the order was a dead letter, `split orders` for a part of an order, and otherwise `send orders`';
const TO_THE_SECOND = 'if the times are known only to the second';

const ofIndexedJob = {
  completionIndex: ['in an Indexed Job, whose pods are numbered', 'tests/cluster/more-of-kubernetes.test.ts'],
} as const;

/** The attributes that any span may have, including the spans of instrumentations. */
export const ON_ANY_SPAN = {
  errorType: 'if it ended with an error',
  customerTier: 'if the work carries it as baggage',
} as const satisfies Partial<Record<AttributeKey, string>>;

/** All of our own spans. */
export const SPANS = {
  clickRun: {
    name: 'click Run',
    kind: 'INTERNAL',
    services: ['browser'],
    brief:
      "The time from a click on **Run** in the playground, the demo's web page, until all orders of this click are placed. The playground's server exports this span as the service `browser`.",
    parent: 'none, because the trace starts with this span',
    always: ['runSettings'],
  },
  sendOrders: {
    name: 'send orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief: 'The writer stores an order. The document carries the context of this span.',
    parent: '`POST /orders`, or `POST /orders/batch`, which has one such child for each order',
    links:
      'the `send orders` that stored the order, if an earlier request with the same `Idempotency-Key` had already placed it',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  waitOrders: {
    name: 'wait orders',
    kind: 'INTERNAL',
    services: ['poller'],
    brief:
      'The time that the order waited in the queue: from the moment when a poller could take it until a poller took it.',
    parent: [
      'The `process orders` span of the attempt that follows the wait, if the document carried no context, or for a scheduled run that starts a new trace',
      'After a pause for an approval or for parts, the `process orders` span of the attempt before the pause',
      QUEUED,
    ],
    links: 'the `process orders` span of the attempt that follows the wait, if that span is in another trace',
    always: ['orderId', 'attempt'],
  },
  processOrders: {
    name: 'process orders',
    kind: 'CONSUMER',
    services: ['poller'],
    brief:
      'One attempt to fulfill an order. The attempts at the orders of a batch share one span. The [shape](#spans-of-this-project) is `parent` by default, and `link` for a scheduled run. After a pause for an approval or for parts, the variable [`HOLD_SHAPE`](environment-variables.md#poller) sets the shape.',
    parent: [
      'None with the shape `link`, for a batch, or if the document carried no context',
      'None if the order has reached one of [the limits](environment-variables.md#poller) `HOLD_LINK_AFTER_MS`, `TRACE_MAX_AGE_MS` and `TRACE_MAX_FAN_OUT`',
      'Otherwise, after a pause for an approval or for parts: the `process orders` span of the attempt before the pause',
      QUEUED,
    ],
    links: [
      'The previous attempt to fulfill the order',
      'With the shape `parent+link`: also the parent',
      'With the shape `link`, or if the order has reached a limit: the span that put the order into the queue. After a pause for an approval or for parts, the link is to the attempt before the pause instead',
      'After a pause for an approval or for parts: the spans that ended the pause. These are the approval, or the last attempt to fulfill each part',
      'For a scheduled run: the span of the previous run',
      'For a batch, only these links: for each order, the span that put the order into the queue. After a pause for an approval or for parts, the batch links instead to the attempt before the pause, and to the spans that ended the pause',
    ],
    always: MESSAGING,
    sometimes: {
      messagingMessageId: 'always, except for a batch of several orders',
      orderId: 'always, except for a batch',
      attempt: 'always, except for a batch',
      maxAttempts: 'always, except for a batch',
      contextFound: 'always, except for a batch',
      outcome: 'always, except for a batch',
      run: 'for a recurring order',
      retryAt: 'if another attempt will follow',
      pauseReason: 'if the work resumes after a pause',
      pauseMs: 'if the work resumes after a pause',
      partOf: 'if the order is a part of another order',
    },
    elsewhere: {
      messagingBatchCount: ['for a batch of several orders', 'tests/integration/queue-retry.test.ts'],
      traceLimit: [
        'if a new trace started because a limit was reached',
        'tests/integration/queue-retry.test.ts',
      ],
    },
  },
  settleOrders: {
    name: 'settle orders',
    kind: 'CLIENT',
    services: ['poller'],
    brief:
      'The poller writes the outcome of an attempt into the document. A batch has one such span for all its orders. If several attempts fulfill their orders at the same time, each attempt still has its own span, although a single write may store all outcomes.',
    parent: '`process orders`',
    always: MESSAGING,
    sometimes: { messagingMessageId: 'always, except for a batch of several orders' },
    elsewhere: {
      messagingBatchCount: ['for a batch of several orders', 'tests/integration/queue-retry.test.ts'],
    },
  },
  requeueOrders: {
    name: 'requeue orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief:
      'The poller puts a dead letter back into the queue. The document then carries the context of this span.',
    parent: '`POST /dead-letters/:id/retry`',
    links: 'the span whose context the dead letter carried, and the last attempt to fulfill the order',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  cancelOrders: {
    name: 'cancel orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'The writer cancels an order on which no poller works.',
    parent: '`DELETE /orders/:id`',
    links:
      'the span that put the order into the queue, and if the order has paused, the attempt before its last pause',
    always: ['orderId'],
  },
  splitOrders: {
    name: 'split orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief:
      'The poller stores the parts of an order. The document of each part carries the context of this span.',
    parent: '`process orders`',
    always: [...MESSAGING, 'orderId'],
    sometimes: { messagingBatchCount: 'if there are several parts' },
    elsewhere: { messagingMessageId: ['for a single part', 'tests/integration/parts.test.ts'] },
  },
  approveOrders: {
    name: 'approve orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief:
      'The writer approves an order that waits for an approval, and stores the context of this span in the document. The next attempt links to this span.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt after which the order waited for the approval',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  rejectOrders: {
    name: 'reject orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'The writer rejects an order that waits for an approval. This ends the order.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt after which the order waited for the approval',
    always: ['orderId'],
  },
  storeTemplate: {
    name: 'store template',
    kind: 'INTERNAL',
    services: ['writer', 'job-launcher'],
    brief:
      "Stands for unrelated work: someone stored a document or a Job as a template, which kept the context of this span. The span exists only if an order asks the demo for the mistake `stale` or `twice`. With `stale`, the order's document or Job carries the context of this span instead of the right one, as if it had been copied from the template. With `twice`, the Job carries both contexts, and the context of this span takes effect.",
    parent: 'none, because the span starts a separate trace',
    always: [],
  },
  launchReportJob: {
    name: 'launch report-job',
    kind: 'PRODUCER',
    services: ['job-launcher'],
    brief:
      "The job-launcher creates a Job. The environment of the Job's containers carries the context of this span.",
    parent: '`POST /reports`',
    links: 'the earlier launch that created the Job, if the Job already existed',
    always: ['orderId', 'k8sNamespace', 'k8sJobName'],
    sometimes: {
      k8sJobUid: 'if the launch succeeded',
      launchAttempts: 'if the launch succeeded',
      jobExisted: 'if the launch succeeded',
    },
  },
  waitAdmission: {
    name: 'wait admission',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      'The time for which a Job was suspended. Kubernetes starts no pods for a suspended Job. The start and the end are exact only to the second. If a Job is suspended several times, each suspension has its own span.',
    parent: UNDER_LAUNCH,
    always: [...JOB, 'timePrecision'],
  },
  waitPod: {
    name: 'wait pod',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the launch until the pod's container starts. If the pod is created a second or more after the launch, such as for a retry, the span begins when the pod is created. Usually, the program in the container reports when its process started, and the span ends at this time. If it doesn't, the end of the span is known only to the second, and a wait of less than a second has no span.",
    parent: UNDER_LAUNCH,
    events: ['scheduled', 'accepted by the kubelet'],
    always: POD,
    sometimes: {
      k8sNodeName: 'if the pod has a node',
      containerImage: 'if the pod has an image',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
  runReportJob: {
    name: 'run report-job',
    kind: 'CONSUMER',
    services: ['report-job'],
    brief: 'The whole run of the program in a pod of the Job, from its start to its end.',
    parent:
      '`launch report-job`. The span has no parent if the environment carried no context, or with `TRACE_SHAPE=link`',
    links:
      'the previous attempt of the Job. With `TRACE_SHAPE=link` or `TRACE_SHAPE=parent+link`, also `launch report-job`',
    always: ['orderId'],
    sometimes: {
      attempt: 'if the number of the attempt is known',
      carrierVariable: 'if the environment carried a context',
      processExitCode: 'if the process ended by itself',
    },
    elsewhere: ofIndexedJob,
  },
  observeReportJob: {
    name: 'observe report-job',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the start of a pod's container to its end. Usually, the program in the container reports both times. If it doesn't, the times come from Kubernetes, and are exact only to the second. If the Job never had a pod, the span shows the time from the launch to the end of the Job.",
    parent: UNDER_LAUNCH,
    always: [...JOB, 'jobReason'],
    sometimes: {
      k8sPodName: 'if the Job had a pod',
      k8sPodUid: 'if the Job had a pod',
      attempt: 'if the Job had a pod',
      k8sNodeName: 'if the pod had a node',
      containerImage: 'if the pod has an image',
      processExitCode: 'if the container ended',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
} as const satisfies Record<string, SpanDeclaration<AttributeKey>>;
