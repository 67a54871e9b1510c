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

const UNDER_LAUNCH = '`launch report-job`; none with `OBSERVER_SHAPE=link`, where it links to that';
const TO_THE_SECOND = "only Kubernetes' seconds are known";

const ofIndexedJob = {
  completionIndex: ['of an Indexed Job', 'tests/cluster/more-of-kubernetes.test.ts'],
} as const;

/** What any span may have, those of instrumentations included. */
export const ON_ANY_SPAN = {
  errorType: 'it ended with an error',
  customerTier: 'the work carries it as baggage',
} as const satisfies Partial<Record<AttributeKey, string>>;

/** Every span of our own. */
export const SPANS = {
  clickRun: {
    name: 'click Run',
    kind: 'INTERNAL',
    services: ['browser'],
    brief:
      "A click in the playground, until its orders are placed. The playground exports it in the browser's name.",
    parent: 'none: the root of a run',
    always: ['runSettings'],
  },
  sendOrders: {
    name: 'send orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief: 'An order is written, with this context in its document.',
    parent: '`POST /orders`, or `POST /orders/batch` with one for each order',
    links: "the order's own `send orders`, when the request was repeated with its Idempotency-Key",
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  waitOrders: {
    name: 'wait orders',
    kind: 'INTERNAL',
    services: ['poller'],
    brief: 'Time in the queue: from when the order became available to when it was claimed.',
    parent:
      '`send orders`, `split orders` or `requeue orders`. `process orders` when the document carried nothing, of a scheduled run, and of an order that goes on',
    links: '`process orders`, when that is in another trace',
    always: ['orderId', 'attempt'],
  },
  processOrders: {
    name: 'process orders',
    kind: 'CONSUMER',
    services: ['poller'],
    brief: 'One attempt at an order, or at each order of a batch.',
    parent:
      '`send orders`, `split orders` or `requeue orders` in the shapes `parent` and `parent+link`. After a pause, the attempt that stopped. None in `link`, after a pause of `HOLD_LINK_AFTER_MS` or longer, with more parts than `TRACE_MAX_FAN_OUT`, for a scheduled run, and for a batch',
    links:
      'in the shapes with link, what would be its parent, and for a batch that of each order. After a pause, also what let the order go on: an approval, or the last attempt at each part. For a scheduled run, what placed the order and the run before. Also, the attempt before this one',
    always: MESSAGING,
    sometimes: {
      messagingMessageId: 'of one order',
      orderId: 'of one order',
      attempt: 'of one order',
      maxAttempts: 'of one order',
      contextFound: 'of one order',
      outcome: 'of one order',
      run: 'of a recurring order',
      retryAt: 'it is tried again',
      pauseReason: 'the work goes on after a pause',
      pauseMs: 'the work goes on after a pause',
      partOf: 'the order is a part of another one',
    },
    elsewhere: {
      messagingBatchCount: ['of a batch', 'tests/integration/queue-retry.test.ts'],
      traceLimit: ['a limit made a new trace', 'tests/integration/queue-retry.test.ts'],
    },
  },
  settleOrders: {
    name: 'settle orders',
    kind: 'CLIENT',
    services: ['poller'],
    brief: 'What became of the orders is written, alone or together with others that end at the same time.',
    parent: '`process orders`',
    always: MESSAGING,
    sometimes: { messagingMessageId: 'of one order' },
    elsewhere: {
      messagingBatchCount: ['of a batch', 'tests/integration/queue-retry.test.ts'],
    },
  },
  requeueOrders: {
    name: 'requeue orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief: 'A dead letter is put back, with this context in its document.',
    parent: '`POST /dead-letters/:id/retry`',
    links: 'what the dead letter carried, and its last attempt',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  cancelOrders: {
    name: 'cancel orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'An order on which no one works is stopped for good.',
    parent: '`DELETE /orders/:id`',
    links: 'what the order was placed or requeued with, and the attempt that stopped last',
    always: ['orderId'],
  },
  splitOrders: {
    name: 'split orders',
    kind: 'PRODUCER',
    services: ['poller'],
    brief: 'The parts of an order are written, each with this context in its document.',
    parent: '`process orders`',
    always: [...MESSAGING, 'orderId'],
    sometimes: { messagingBatchCount: 'there are several parts' },
    elsewhere: { messagingMessageId: ['of one part', 'tests/integration/parts.test.ts'] },
  },
  approveOrders: {
    name: 'approve orders',
    kind: 'PRODUCER',
    services: ['writer'],
    brief: 'A held order is let go on, with this context in its document as a cause.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt that stopped',
    always: [...MESSAGING, 'messagingMessageId', 'orderId'],
  },
  rejectOrders: {
    name: 'reject orders',
    kind: 'INTERNAL',
    services: ['writer'],
    brief: 'A held order is ended.',
    parent: '`POST /orders/:id/approval`',
    links: 'the attempt that stopped',
    always: ['orderId'],
  },
  storeTemplate: {
    name: 'store template',
    kind: 'INTERNAL',
    services: ['writer', 'job-launcher'],
    brief: "Of the demo's pitfall `stale`: where a context that is not the order's comes from.",
    parent: 'none: a trace of its own',
    always: [],
  },
  launchReportJob: {
    name: 'launch report-job',
    kind: 'PRODUCER',
    services: ['job-launcher'],
    brief: "A Job is created, with this context in its containers' environment.",
    parent: '`POST /reports`',
    links: 'the launch that created the Job, when it was there before',
    always: ['orderId', 'k8sNamespace', 'k8sJobName'],
    sometimes: {
      k8sJobUid: 'the Job is there',
      launchAttempts: 'the Job is there',
      jobExisted: 'the Job is there',
    },
  },
  waitAdmission: {
    name: 'wait admission',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief: 'A suspended Job until it was resumed, one span each time, to the second.',
    parent: UNDER_LAUNCH,
    always: [...JOB, 'timePrecision'],
  },
  waitPod: {
    name: 'wait pod',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "From the launch to the start of the pod's container, by the job's own clock; where only Kubernetes' seconds are known, a wait of less than one is left out.",
    parent: UNDER_LAUNCH,
    events: ['scheduled', 'accepted by the kubelet'],
    always: POD,
    sometimes: { k8sNodeName: 'it has one', containerImage: 'the pod has one', timePrecision: TO_THE_SECOND },
    elsewhere: ofIndexedJob,
  },
  runReportJob: {
    name: 'run report-job',
    kind: 'CONSUMER',
    services: ['report-job'],
    brief: 'The whole run of the job.',
    parent: '`launch report-job`; none when the environment carried nothing, or with `TRACE_SHAPE=link`',
    links: 'the attempt before this one',
    always: ['orderId'],
    sometimes: {
      attempt: 'it is known',
      carrierVariable: 'the environment carried something',
      processExitCode: 'the process ended by itself',
    },
    elsewhere: ofIndexedJob,
  },
  observeReportJob: {
    name: 'observe report-job',
    kind: 'INTERNAL',
    services: ['job-launcher'],
    brief:
      "From the start of the container to its end: by the job's own clock, or to the second, as Kubernetes keeps it.",
    parent: UNDER_LAUNCH,
    always: [...JOB, 'jobReason'],
    sometimes: {
      k8sPodName: 'the Job had a pod',
      k8sPodUid: 'the Job had a pod',
      attempt: 'the Job had a pod',
      k8sNodeName: 'the pod had one',
      containerImage: 'the pod has one',
      processExitCode: 'the container ended',
      timePrecision: TO_THE_SECOND,
    },
    elsewhere: ofIndexedJob,
  },
} as const satisfies Record<string, SpanDeclaration<AttributeKey>>;
