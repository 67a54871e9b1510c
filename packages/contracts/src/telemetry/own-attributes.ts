import type { AttributeDeclaration } from './declarations.ts';

/** The attributes that the semantic conventions don't define. Their names start with `demo.`. */
export const OWN_ATTRIBUTES = {
  attempt: {
    name: 'demo.attempt',
    brief: 'The number of this attempt to fulfill the order, or to run the Job, from 1.',
    example: 2,
  },
  maxAttempts: {
    name: 'demo.attempt.max',
    brief: 'The number of failed attempts after which the order becomes a dead letter.',
    example: 5,
  },
  outcome: {
    name: 'demo.outcome',
    brief:
      'How an attempt ended: `fulfilled`, `retry` (another attempt follows), `dead letter` (no other attempt follows), `postponed` (a dependency was unavailable), `released` (the poller stopped), or `lease lost` (another poller claimed the order). If the order stopped on purpose: `held` (it waits for an approval), `waiting` (it waits for its parts), or `scheduled` (it waits for its next run).',
    example: 'retry',
  },
  retryAt: {
    name: 'demo.retry.at',
    brief: "The earliest start of the next attempt, by the database's clock.",
    example: '2026-01-31T12:00:00.000Z',
  },
  pauseReason: {
    name: 'demo.pause.reason',
    brief: 'What the order waited for before it resumed: `approval`, `parts`, or `schedule`.',
    example: 'approval',
  },
  pauseMs: {
    name: 'demo.pause.ms',
    brief: "How long the order waited before it resumed, in milliseconds, by the database's clock.",
    example: 86_400_000,
  },
  run: { name: 'demo.run', brief: 'The number of this run of a recurring order, from 1.', example: 3 },
  traceLimit: {
    name: 'demo.trace.limit',
    brief:
      'The kind of [limit](environment-variables.md#poller) that made the attempt start a new trace. `age`: the order was too old, or its pause too long. `fan-out`: the order is one of too many parts.',
    example: 'age',
  },
  orderId: { name: 'demo.order.id', brief: 'The id of the order.', example: '6740e1c2a5f3b1d2c3e4f506' },
  partOf: {
    name: 'demo.part.of',
    brief: 'The id of the order of which this order is a part.',
    example: '6740e1c2a5f3b1d2c3e4f506',
  },
  orderStatus: {
    name: 'demo.order.status',
    brief: 'On a metric: the status of the counted orders.',
    example: 'pending',
  },
  jobPhase: {
    name: 'demo.job.phase',
    brief: 'On a metric: the phase of the counted Jobs: `pending`, `running`, `succeeded`, or `failed`.',
    example: 'running',
  },
  contextFound: {
    name: 'demo.context.found',
    brief: "Whether the poller found a usable context in the order's document.",
    example: false,
  },
  jobReason: {
    name: 'demo.job.reason',
    brief: 'The reason that Kubernetes gives for the end of an attempt of the Job.',
    example: 'OOMKilled',
  },
  jobExisted: {
    name: 'demo.job.existed',
    brief: 'Whether the Job already existed, from an earlier request for the same order.',
    example: true,
  },
  completionIndex: {
    name: 'demo.completion.index',
    brief: 'The number of the pod, from 0, in an Indexed Job, whose pods are numbered.',
    example: 2,
  },
  launchAttempts: {
    name: 'demo.launch.attempts',
    brief: 'How many requests the job-launcher sent until the Kubernetes API accepted the Job.',
    example: 2,
  },
  timePrecision: {
    name: 'demo.time.precision',
    brief:
      'How exact the start and the end of the span are, in milliseconds. Kubernetes records whole seconds, so the real times may be up to this much later. Without this attribute, the times are exact.',
    example: 1_000,
  },
  carrierVariable: {
    name: 'demo.carrier',
    brief:
      "The prefix of the attributes that show the context in the job's environment. For example, `demo.carrier.TRACEPARENT` is the value of the variable `TRACEPARENT`. `demo.carrier.BAGGAGE` has only the keys on the list `BAGGAGE_KEYS`.",
    example: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  customerTier: {
    name: 'demo.customer.tier',
    brief:
      "The customer's tier, such as `gold`. The writer puts it into the baggage, which travels with the context, so it is on every span of the work.",
    example: 'gold',
  },
  runSettings: {
    name: 'demo.run.settings',
    brief:
      "The settings with which you clicked **Run** in the playground, as in the query of the page's URL. Settings that have their default are left out.",
    example: 'document=off',
  },
} as const satisfies Record<string, AttributeDeclaration>;
