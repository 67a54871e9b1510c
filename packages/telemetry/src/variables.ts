import { EDGE_POLICIES, IMPLICIT_EXTRACTION_VARIABLE, JOB_NAME_VARIABLE } from '@beyond-headers/propagation';
import {
  ATTR_K8S_CONTAINER_NAME,
  ATTR_K8S_JOB_NAME,
  ATTR_K8S_JOB_UID,
  ATTR_K8S_NAMESPACE_NAME,
  ATTR_K8S_NODE_NAME,
  ATTR_K8S_POD_NAME,
  ATTR_K8S_POD_UID,
} from '@opentelemetry/semantic-conventions';

/** What a variable means, for people; without zod, as a job loads this before its first line. */
export interface Variable {
  description: string;
  default?: string;
  unit?: string;
  /** What a value looks like. */
  expected?: string;
  secret?: true;
}

/** An exit waits this long at the most for a collector that does not answer; one that refuses is not waited for. */
export const DEFAULT_FLUSH_BUDGET_MS = 1_800;
/** The one key that the demo carries; what is not listed never enters a document, a Job or a header. */
export const DEFAULT_BAGGAGE_KEYS = 'demo.customer.tier';
export const DEFAULT_ENDPOINT = 'http://127.0.0.1:4318';
/** A reader of a trace waits this long for the last span of a service at the most; upstream's default is 5 s. */
export const BATCH_DELAY_MS = 500;

/** Variables that a pod gets by the Downward API, and the resource attribute that each becomes. */
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
 * Every variable that this package reads; docs/reference/environment-variables.md is made from it. OpenTelemetry's own
 * (https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) keep their meaning.
 */
export const TELEMETRY_VARIABLES = {
  OTEL_SDK_DISABLED: {
    description: 'Switches telemetry off.',
    default: 'false',
    expected: '`true` or `false`',
  },
  OTEL_SERVICE_NAME: {
    description: 'Who the spans are from: `service.name`.',
    default: 'unknown_service:node',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    description: 'Base of the collector; `/v1/traces` is added.',
    default: DEFAULT_ENDPOINT,
    expected: 'a URL',
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    description: 'Where spans go, taken as it is; wins over the base.',
    expected: 'a URL',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    description: 'Headers for the collector.',
    expected: '`name=value`, separated by commas',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_TRACES_HEADERS: {
    description: 'The same for spans alone; wins over the other.',
    expected: '`name=value`, separated by commas',
    secret: true,
  },
  OTEL_NODE_ENABLED_INSTRUMENTATIONS: {
    description: 'Which instrumentations are loaded. Unset: all four, in a Job `mongodb` and `undici`.',
    expected: '`http`, `express`, `undici`, `mongodb`, separated by commas',
  },
  OTEL_BSP_SCHEDULE_DELAY: {
    description: 'How long an ended span waits for others before it is sent.',
    default: String(BATCH_DELAY_MS),
    unit: 'ms',
  },
  OTEL_METRICS_EXPORTER: { description: 'Unset: no metrics.', expected: '`otlp`, `console`, `none`' },
  OTEL_LOGS_EXPORTER: { description: 'Unset: no logs.', expected: '`otlp`, `console`, `none`' },
  EDGE_POLICY: {
    description: "What becomes of a caller's trace context at the public door.",
    default: 'continue',
    expected: EDGE_POLICIES.map((policy) => `\`${policy}\``).join(', '),
  },
  BAGGAGE_KEYS: {
    description: 'Baggage that may come in and go out. Empty: none.',
    default: DEFAULT_BAGGAGE_KEYS,
    expected: 'keys, separated by commas',
  },
  TELEMETRY_FLUSH_BUDGET_MS: {
    description: 'How long ending a process may take for its last spans.',
    default: String(DEFAULT_FLUSH_BUDGET_MS),
    unit: 'ms',
    expected: 'more than 0',
  },
  TELEMETRY_JOURNAL_DIR: {
    description:
      'Where spans are kept until they are delivered, so that a killed process loses none. Unset: nowhere.',
    expected: 'a folder',
  },
  [IMPLICIT_EXTRACTION_VARIABLE]: {
    description: 'Whether a Job takes the context from its environment by itself.',
    default: 'on',
    expected: '`off`, `false`, `0` or `no` for off',
  },
  ...resourceVariables(),
} satisfies Record<string, Variable>;

export type TelemetryVariable = keyof typeof TELEMETRY_VARIABLES;

function resourceVariables(): Record<keyof typeof KUBERNETES_ATTRIBUTES, Variable> {
  const entries = Object.entries(KUBERNETES_ATTRIBUTES).map(([name, attribute]) => [
    name,
    {
      description: `Becomes \`${attribute}\`.${name === JOB_NAME_VARIABLE ? ' Says that this process is a Job.' : ''}`,
    },
  ]);
  return Object.fromEntries(entries) as Record<keyof typeof KUBERNETES_ATTRIBUTES, Variable>;
}
