import {
  EDGE_POLICIES,
  IMPLICIT_EXTRACTION_VARIABLE,
  JOB_NAME_VARIABLE,
  TRACE_SHAPE_VARIABLE,
  TRACE_SHAPES,
  type TraceShape,
} from '@beyond-headers/propagation';
import { EXPORT_VARIABLES } from './export-variables.ts';
import type { Variable } from './variable.ts';
import {
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_JOB_NAME,
  ATTR_K8S_JOB_UID,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_K8S_POD_UID,
} from '@opentelemetry/semantic-conventions';

/** The maximum time that an exit waits for a collector that doesn't respond. It doesn't wait for one that refuses connections. */
export const DEFAULT_FLUSH_BUDGET_MS = 1_800;
/** The only key that the demo carries. A key that is not listed never gets into a document, a Job, or a header. */
export const DEFAULT_BAGGAGE_KEYS = 'demo.customer.tier';
export const DEFAULT_TRACE_SHAPE: TraceShape = 'parent';
export const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export const DEFAULT_SAMPLER = 'parentbased_always_on';
export const DEFAULT_PROPAGATORS = ['tracecontext', 'baggage'];

/** The variables that a pod gets from the Downward API, with their resource attributes. */
export const KUBERNETES_ATTRIBUTES = {
  K8S_NAMESPACE: ATTR_K8S_NAMESPACE_NAME,
  K8S_NODE_NAME: ATTR_K8S_NODE_NAME,
  K8S_POD_NAME: ATTR_K8S_POD_NAME,
  K8S_POD_UID: ATTR_K8S_POD_UID,
  K8S_CONTAINER_NAME: ATTR_K8S_CONTAINER_NAME,
  [JOB_NAME_VARIABLE]: ATTR_K8S_JOB_NAME,
  K8S_JOB_UID: ATTR_K8S_JOB_UID,
} as const;

/**
 * Every variable that this package reads. docs/reference/environment-variables.md is generated from it. OpenTelemetry's own
 * variables (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) keep their meaning.
 */
export const TELEMETRY_VARIABLES = {
  OTEL_SDK_DISABLED: {
    description:
      "With `true`, telemetry is off. The process then does not carry the context either, as with OpenTelemetry's SDK for Node.js. To carry the context without sending spans, use `OTEL_TRACES_EXPORTER=none` instead.",
    default: 'false',
    expected: '`true` or `false`',
  },
  OTEL_SERVICE_NAME: {
    description: 'The name of the service that creates the spans: the resource attribute `service.name`.',
    default: 'unknown_service:node',
  },
  ...EXPORT_VARIABLES,
  OTEL_TRACES_SAMPLER: {
    description:
      'The sampler, which decides which traces are kept. A sampler whose name begins with `parentbased_` follows the sampled flag of the carried context, if there is one.',
    default: DEFAULT_SAMPLER,
    expected: SAMPLERS.map((sampler) => `\`${sampler}\``).join(', '),
  },
  OTEL_TRACES_SAMPLER_ARG: {
    description: 'The share of traces that the sampler `traceidratio` or `parentbased_traceidratio` keeps.',
    default: '1',
    expected: 'a number from 0 to 1',
  },
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: {
    description:
      'The instrumentations (packages that create the spans of a library) to enable, by their short names in the package `@opentelemetry/auto-instrumentations-node`. Unset: `undici` and `mongodb`, in a service also `http` and `express`, and `pino` if the process exports log lines.',
    expected: 'short names, separated by commas',
  },
  OTEL_NODE_DISABLED_INSTRUMENTATIONS: {
    description: 'The instrumentations to disable.',
    expected: 'short names, separated by commas',
  },
  OTEL_PROPAGATORS: {
    description:
      'The formats in which the context is written and read. For `jaeger`, `ottrace` and `xray`, you have to install the package of the propagator.',
    default: DEFAULT_PROPAGATORS.join(','),
    expected:
      '`tracecontext`, `baggage`, `b3`, `b3multi`, `none`, `jaeger`, `ottrace`, `xray`, separated by commas',
  },
  OTEL_LOG_LEVEL: {
    description: 'The lowest level of messages that telemetry writes to stderr.',
    default: 'warn',
    expected: '`none`, `error`, `warn`, `info`, `debug`, `verbose`, `all`',
  },
  OTEL_METRICS_EXPORTER: {
    description: 'The destination of metrics. Unset: the process sends no metrics.',
    expected: '`otlp`, `prometheus`, `console`, `none`, separated by commas',
  },
  OTEL_EXPORTER_PROMETHEUS_HOST: {
    description:
      'With `OTEL_METRICS_EXPORTER=prometheus`, the address at which Prometheus reads the metrics. Unset: all addresses of the machine.',
    expected: 'an address',
  },
  OTEL_EXPORTER_PROMETHEUS_PORT: {
    description: 'With `OTEL_METRICS_EXPORTER=prometheus`, the port at which Prometheus reads the metrics.',
    default: '9464',
    expected: 'a port',
  },
  OTEL_LOGS_EXPORTER: {
    description:
      'The destination of log lines, in addition to stdout. Unset: log lines go only to stdout. A job supports only `otlp`.',
    expected: '`otlp`, `console`, `none`, separated by commas',
  },
  OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: {
    description:
      'With `OTEL_LOGS_EXPORTER=otlp`, the full URL to which log lines are sent. Takes precedence over `OTEL_EXPORTER_OTLP_ENDPOINT`.',
    expected: 'a URL',
  },
  EDGE_POLICY: {
    description:
      "What an endpoint that untrusted callers can reach does with a caller's trace context. `continue`: it continues the caller's trace. `link`: it starts a new trace, which links to the caller's trace. `ignore`: it starts a new trace without a link.",
    default: 'continue',
    expected: EDGE_POLICIES.map((policy) => `\`${policy}\``).join(', '),
  },
  BAGGAGE_KEYS: {
    description:
      'Baggage is key-value pairs that travel with the context. The process reads and passes on only the entries with these keys. Empty: it passes on no baggage.',
    default: DEFAULT_BAGGAGE_KEYS,
    expected: 'keys, separated by commas',
  },
  TELEMETRY_FLUSH_BUDGET_MS: {
    description: 'How long a process that ends may take to send its last spans.',
    default: String(DEFAULT_FLUSH_BUDGET_MS),
    unit: 'ms',
    expected: 'more than 0',
  },
  TELEMETRY_JOURNAL_DIR: {
    description:
      'The folder in which the process keeps its spans until they are delivered. If the process is killed, the next process with this folder sends the spans. Unset: it does not keep them.',
    expected: 'a folder',
  },
  TELEMETRY_PROFILE: {
    description:
      'The kind of process. A job starts faster and has no metrics. Unset: the process is a job if `K8S_JOB_NAME` is set, or if it runs in a pod and `JOB_COMPLETION_INDEX` is set. Otherwise, it is a service.',
    expected: '`job`, `service`',
  },
  [IMPLICIT_EXTRACTION_VARIABLE]: {
    description:
      'Whether the process joins the trace whose context is in its environment, even if its code does not extract that context. Unset: only a job joins the trace.',
    expected: '`on`, `off`',
  },
  [TRACE_SHAPE_VARIABLE]: {
    description:
      'How the top-level spans of the process relate to the context in its environment. `parent`: they are children of that context. `link`: each starts a new trace, which links to that context. `parent+link`: they are children of that context, and also link to it. If the context comes from a long-lived template, such as that of a CronJob, use `link`.',
    default: DEFAULT_TRACE_SHAPE,
    expected: TRACE_SHAPES.map((shape) => `\`${shape}\``).join(', '),
  },
  ...resourceVariables(),
} satisfies Record<string, Variable>;

export type { Variable };
export type TelemetryVariable = keyof typeof TELEMETRY_VARIABLES;

function resourceVariables(): Record<keyof typeof KUBERNETES_ATTRIBUTES, Variable> {
  const entries = Object.entries(KUBERNETES_ATTRIBUTES).map(([name, attribute]) => [
    name,
    {
      description: `The value of the resource attribute \`${attribute}\` on the spans of this process. The manifest of the pod sets the variable.${name === JOB_NAME_VARIABLE ? ' If it is set, and `TELEMETRY_PROFILE` is not, this process is a job.' : ''}`,
    },
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof KUBERNETES_ATTRIBUTES, Variable>;
}
