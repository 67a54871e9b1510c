import type { AttributeKey } from './attributes.ts';
import type { CallDeclaration, SpanDeclaration } from './declarations.ts';

const MESSAGING = [
  'messagingSystem',
  'messagingDestination',
  'messagingOperationName',
  'messagingOperationType',
] as const;
const JOB = ['orderId', 'k8sNamespace', 'k8sJobName', 'k8sJobUid'] as const;
const POD = [...JOB, 'k8sPodName', 'k8sPodUid', 'attempt'] as const;

const UNDER_LAUNCH =
  '`launch report-job`. With `OBSERVER_SHAPE=link`, the span has no parent, and links to `launch report-job`';
const QUEUED = '`send orders`, `split orders` or `requeue orders`';
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
      "The time from a click on **Run** in the playground until its orders are placed. The playground's server exports this span as the service `browser`.",
    parent: 'none, because it is the root of a run',
    always: ['runSettings'],
  },
  sendOrders: {
    name: 'send orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief: 'The writer stores an order, with the context of this span in the document.',
    parent: '`POST /orders`. Or `POST /orders/batch`, which has a child span for each order',
    links: 'the first `send orders` of the order, if the request was repeated with the same Idempotency-Key',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  waitOrders: {
    name: 'wait orders',
    kind: 'INTERNAL',
    services: ['poller'],
    brief: 'The time in the queue, from when the order became available until it was claimed.',
    parent: [
      'If the document carried no context, for a scheduled run, and after a pause: `process orders`',
      `Otherwise, the span that put the order into the queue: ${QUEUED}`,
    ],
    links: '`process orders`, if that span is in another trace',
    always: ['orderId', 'attempt'],
  },
  processOrders: {
    name: 'process orders',
    kind: 'CONSUMER',
    services: ['poller'],
    brief: 'One attempt at an order, or at each order of a batch.',
    parent: [
      `Before the first pause, the span that put the order into the queue: ${QUEUED}`,
      'After a pause, the attempt in which the order stopped',
      'None in the shape `link`, for a scheduled run, and for a batch',
      'None if a limit is reached: `HOLD_LINK_AFTER_MS`, `TRACE_MAX_AGE_MS` or `TRACE_MAX_FAN_OUT`',
    ],
    links: [
      'The previous attempt at the order. A batch has no such link',
      'In the shape `parent+link`, and whenever the span has no parent: the span that put the order into the queue. After a pause, the attempt in which the order stopped instead. A batch has such a link for each order',
      'After a pause, the span that ended the pause: the approval, or the last attempt at each part',
      'For a scheduled run, the previous run',
    ],
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
      'The poller writes the outcome of the attempt. If several attempts end at the same time, one write may have all their outcomes.',
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
    links: 'the span that placed or requeued the order, and the last attempt in which the order stopped',
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
      'The writer approves an order that waits for an approval. It stores the context of this span in the document, so that the next attempt can link to it.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt in which the order stopped',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  rejectOrders: {
    name: 'reject orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'The writer rejects an order that waits for an approval. The order has then ended.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt in which the order stopped',
    always: ['orderId'],
  },
  storeTemplate: {
    name: 'store template',
    kind: 'INTERNAL',
    services: ['writer', 'job-launcher'],
    brief:
      "Exists only if the demo makes the mistake `stale` on purpose. The document or the Job then carries the context of this span instead of the order's.",
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
    brief:
      'The time in which a Job was suspended, with the precision of a second. Each suspension has its own span.',
    parent: UNDER_LAUNCH,
    always: [...JOB, 'timePrecision'],
  },
  waitPod: {
    name: 'wait pod',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "The time from the launch to the start of the pod's container, as the job itself measured it. If the start is known only to the second, a wait of less than a second has no span.",
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
    parent:
      '`launch report-job`. The span has no parent if the environment carried no context, or with `TRACE_SHAPE=link`',
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
      'The time from the start of the container to its end, as the job itself measured it. If the job reported no times, they come from Kubernetes, with the precision of a second.',
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

/** The requests that services send, whose spans an instrumentation makes. */
export const REQUESTS: readonly CallDeclaration[] = [
  { service: 'poller', name: 'POST', brief: 'asks the job-launcher for a report' },
  { service: 'job-launcher', name: 'POST', brief: 'creates the Job at the Kubernetes API' },
  { service: 'job-launcher', name: 'GET', brief: 'reads a Job and its pods' },
];

/** The commands that services send to MongoDB, whose spans an instrumentation makes. */
export const COMMANDS: readonly CallDeclaration[] = [
  { service: 'writer', name: 'update orders', brief: 'writes the order with its carrier, as an upsert' },
  {
    service: 'writer',
    name: 'insert orders',
    brief: 'writes the orders of a batch, each with its carrier',
  },
  {
    service: 'writer',
    name: 'commitTransaction $cmd',
    brief: 'makes all orders of a batch visible at once',
  },
  { service: 'writer', name: 'find orders', brief: 'reads orders' },
  { service: 'poller', name: 'find orders', brief: 'reads dead letters' },
  { service: 'poller', name: 'update orders', brief: 'puts a dead letter back into the queue' },
  { service: 'poller', name: 'aggregate $cmd', brief: 'counts orders for `GET /status`' },
  { service: 'report-job', name: 'update orders', brief: 'records the attempt in the order' },
  { service: 'report-job', name: 'aggregate $cmd', brief: "sums up the customer's orders" },
  { service: 'report-job', name: 'insert reports', brief: 'writes the report' },
];
