import type { AttributeDeclaration } from './declarations.ts';

/** What the semantic conventions have no name for, under `demo.`. */
export const OWN_ATTRIBUTES = {
  attempt: {
    name: 'demo.attempt',
    type: 'int',
    brief: 'Which attempt at the message or the Job this is, from 1.',
    example: 2,
  },
  maxAttempts: {
    name: 'demo.attempt.max',
    type: 'int',
    brief: 'With which attempt the order is given up.',
    example: 5,
  },
  outcome: {
    name: 'demo.outcome',
    type: 'string',
    brief:
      'How an attempt ended: `fulfilled`, `retry`, `dead letter`, `postponed`, `released`, `lease lost`; `held`, `waiting`, `scheduled` when it parked the order.',
    example: 'retry',
  },
  retryAt: {
    name: 'demo.retry.at',
    type: 'string',
    brief: "When the next attempt may start, by the server's clock.",
    example: '2026-01-31T12:00:00.000Z',
  },
  pauseReason: {
    name: 'demo.pause.reason',
    type: 'string',
    brief: 'What the order waited for before this segment of its work: `approval`, `parts`, `schedule`.',
    example: 'approval',
  },
  pauseMs: {
    name: 'demo.pause.ms',
    type: 'int',
    brief: "How long it stood still, in milliseconds of the server's clock.",
    example: 86_400_000,
  },
  run: {
    name: 'demo.run',
    type: 'int',
    brief: 'Which run of a recurring order this is, from 1.',
    example: 3,
  },
  traceLimit: {
    name: 'demo.trace.limit',
    type: 'string',
    brief: 'Which limit made a new trace of an order that is old, often retried, or one of many parts.',
    example: 'age',
  },
  orderId: {
    name: 'demo.order.id',
    type: 'string',
    brief: 'The order that a span works for.',
    example: '6740e1c2a5f3b1d2c3e4f506',
  },
  partOf: {
    name: 'demo.part.of',
    type: 'string',
    brief: 'The order that the order of this span is a part of.',
    example: '6740e1c2a5f3b1d2c3e4f506',
  },
  orderStatus: {
    name: 'demo.order.status',
    type: 'string',
    brief: 'The status that orders are counted by (of a metric).',
    example: 'pending',
  },
  jobPhase: {
    name: 'demo.job.phase',
    type: 'string',
    brief: 'The phase that Jobs are counted by (of a metric).',
    example: 'running',
  },
  contextFound: {
    name: 'demo.context.found',
    type: 'boolean',
    brief: 'Whether the consumer found a usable context in its carrier.',
    example: false,
  },
  jobReason: {
    name: 'demo.job.reason',
    type: 'string',
    brief: 'Why Kubernetes says that an attempt ended.',
    example: 'OOMKilled',
  },
  jobExisted: {
    name: 'demo.job.existed',
    type: 'boolean',
    brief: 'Whether the Job was there before this launch, from an earlier call for the same order.',
    example: true,
  },
  completionIndex: {
    name: 'demo.completion.index',
    type: 'int',
    brief: 'Which part of an Indexed Job a span is of, from 0.',
    example: 2,
  },
  launchAttempts: {
    name: 'demo.launch.attempts',
    type: 'int',
    brief: 'How often the Kubernetes API was asked before it took the Job.',
    example: 2,
  },
  timePrecision: {
    name: 'demo.time.precision',
    type: 'int',
    brief:
      'How much later than shown the span may have begun or ended, in milliseconds: Kubernetes keeps whole seconds. Without it the times are exact.',
    example: 1_000,
  },
  carrierVariable: {
    name: 'demo.carrier',
    type: 'string',
    brief:
      "A prefix: `demo.carrier.TRACEPARENT` is that variable of the job's environment, without baggage that is not listed.",
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  customerTier: {
    name: 'demo.customer.tier',
    type: 'string',
    brief: "The customer's tier, carried as baggage from the public endpoint; on every span of the work.",
    example: 'gold',
  },
  runSettings: {
    name: 'demo.run.settings',
    type: 'string',
    brief:
      "The switches of a run in the playground, as its address has them: what differs from the page's defaults.",
    example: 'document=off',
  },
} as const satisfies Record<string, AttributeDeclaration>;
