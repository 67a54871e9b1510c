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
      'How an attempt ended: `fulfilled`, `retry` (another attempt follows), `dead letter` (no other attempt follows), `postponed` (a dependency was unavailable), `released` (the poller stopped), or `lease lost` (another poller claimed the order). If the order stopped on purpose: `held` (it waits for an approval), `waiting` (for its parts), or `scheduled` (for its next run).',
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
    brief: 'What the order waited for before it resumed: `approval`, `parts`, `schedule`.',
    example: 'approval',
  },
  pauseMs: {
    name: 'demo.pause.ms',
    type: 'int',
    brief: "How long the order waited before it resumed, in milliseconds, by the database's clock.",
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
      "The limit because of which the attempt started a new trace: the order's age, its number of attempts, or its number of parts.",
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
      'The precision of the start and the end, in milliseconds. Kubernetes records whole seconds, so the real time may be up to this much later. Without this attribute, the times are exact.',
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
    brief:
      "The settings with which a run was started in the playground, without those that have their defaults. They are written as in the query of the page's URL.",
    example: 'document=off',
  },
} as const satisfies Record<string, AttributeDeclaration>;
