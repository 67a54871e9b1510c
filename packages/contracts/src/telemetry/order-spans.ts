import type { AttributeKey } from './attributes.ts';
import type { SpanDeclaration } from './declarations.ts';

const MESSAGING = [
  'messagingSystem',
  'messagingDestination',
  'messagingOperationName',
  'messagingOperationType',
] as const;

const QUEUED =
  'In all other cases, including a retry: the span that put the order into the queue. This is `requeue orders` if the order was a dead letter, `split orders` for a part of an order, and otherwise `send orders`';

/** The spans of an order: how it is placed, waits in the queue, is processed, and ends. */
export const ORDER_SPANS = {
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
} as const satisfies Record<string, SpanDeclaration<AttributeKey>>;
