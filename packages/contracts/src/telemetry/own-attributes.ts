import type { AttributeDeclaration } from './declarations.ts';

/** What the semantic conventions have no name for, under `demo.`. */
export const OWN_ATTRIBUTES = {
  attempt: {
    name: 'demo.attempt',
    type: 'int',
    brief: 'The number of this attempt at the order or Job, from 1.',
    example: 2,
  },
  maxAttempts: {
    name: 'demo.attempt.max',
    type: 'int',
    brief: 'The number of the attempt after which the order becomes a dead letter.',
    example: 5,
  },
  outcome: {
    name: 'demo.outcome',
    type: 'string',
    brief:
      'How an attempt ended: `fulfilled`, `retry`, `dead letter`, `postponed`, `released`, `lease lost`. If the attempt parked the order: `held`, `waiting`, `scheduled`.',
    example: 'retry',
  },
  retryAt: {
    name: 'demo.retry.at',
    type: 'string',
    brief: "The earliest start of the next attempt, by the database's clock.",
    example: '2026-01-31T12:00:00.000Z',
  },
  pauseReason: {
    name: 'demo.pause.reason',
    type: 'string',
    brief: 'The reason of the pause before this segment of the work: `approval`, `parts`, `schedule`.',
    example: 'approval',
  },
  pauseMs: {
    name: 'demo.pause.ms',
    type: 'int',
    brief: "The length of that pause in milliseconds, by the database's clock.",
    example: 86_400_000,
  },
  run: {
    name: 'demo.run',
    type: 'int',
    brief: 'The number of this run of a recurring order, from 1.',
    example: 3,
  },
  traceLimit: {
    name: 'demo.trace.limit',
    type: 'string',
    brief:
      'The limit that made the order start a new trace: its age, its number of attempts, or its number of parts.',
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
    brief: 'The order of which this one is a part.',
    example: '6740e1c2a5f3b1d2c3e4f506',
  },
  orderStatus: {
    name: 'demo.order.status',
    type: 'string',
    brief: 'On a metric: the status of the counted orders.',
    example: 'pending',
  },
  jobPhase: {
    name: 'demo.job.phase',
    type: 'string',
    brief: 'On a metric: the phase of the counted Jobs.',
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
    brief: 'The reason that Kubernetes gives for the end of an attempt.',
    example: 'OOMKilled',
  },
  jobExisted: {
    name: 'demo.job.existed',
    type: 'boolean',
    brief: 'Whether the Job already existed, from an earlier request for the same order.',
    example: true,
  },
  completionIndex: {
    name: 'demo.completion.index',
    type: 'int',
    brief: 'The completion index of the pod in an Indexed Job, from 0.',
    example: 2,
  },
  launchAttempts: {
    name: 'demo.launch.attempts',
    type: 'int',
    brief: 'The number of requests to the Kubernetes API until it accepted the Job.',
    example: 2,
  },
  timePrecision: {
    name: 'demo.time.precision',
    type: 'int',
    brief:
      'How many milliseconds later than shown the span may have started or ended, because Kubernetes records whole seconds. Without this attribute, the times are exact.',
    example: 1_000,
  },
  carrierVariable: {
    name: 'demo.carrier',
    type: 'string',
    brief:
      "The prefix of attributes that show the carrier: `demo.carrier.TRACEPARENT` is the value of that variable in the job's environment. Unlisted baggage is left out.",
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  customerTier: {
    name: 'demo.customer.tier',
    type: 'string',
    brief:
      "The customer's tier. It is carried as baggage from the public endpoint, and is on every span of the work.",
    example: 'gold',
  },
  runSettings: {
    name: 'demo.run.settings',
    type: 'string',
    brief: "The settings of a run in the playground that differ from the defaults, as in the page's address.",
    example: 'document=off',
  },
} as const satisfies Record<string, AttributeDeclaration>;
