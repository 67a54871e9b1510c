import type { Variable } from './variable.ts';

/** How long an ended span waits for its batch to fill. A reader of the trace waits as long. Upstream's default is 5 s. */
export const BATCH_DELAY_MS = 500;
/** Upstream's defaults. */
export const MAX_QUEUE_SIZE = 2_048;
export const MAX_BATCH_SIZE = 512;
export const EXPORT_TIMEOUT_MS = 30_000;
export const MAX_PER_SPAN = 128;
/** Upstream has no limit: one command of the database driver can have more than a million characters. */
export const MAX_VALUE_LENGTH = 4_096;

const limit = (description: string, value: number = MAX_PER_SPAN): Variable => ({
  description,
  default: String(value),
  expected: 'a whole number',
});
const forAnySignal = { expected: 'a whole number' };

/** Variables that the code of upstream's exporters reads. Each has a variant for spans, such as `OTEL_EXPORTER_OTLP_TRACES_HEADERS`. */
const OTLP_VARIABLES = {
  HEADERS: {
    description: 'Headers to add to each request to the collector.',
    expected: '`name=value`, separated by commas, values percent-encoded',
    secret: true,
  },
  TIMEOUT: {
    description:
      'How long the process tries to send one batch of spans or log lines, including retries. Then it gives up.',
    default: '10000',
    unit: 'ms',
  },
  COMPRESSION: { description: 'How requests are compressed.', default: 'none', expected: '`gzip`, `none`' },
  CERTIFICATE: {
    description: "The certificate authority that signed the collector's certificate.",
    expected: 'a PEM file',
  },
  CLIENT_CERTIFICATE: {
    description: 'The certificate with which this process identifies itself to the collector.',
    expected: 'a PEM file',
  },
  CLIENT_KEY: {
    description: 'The private key for `OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE`.',
    expected: 'a PEM file',
  },
  PROTOCOL: {
    description:
      'The protocol. Whichever value you set, the process sends spans as JSON over HTTP, which every OTLP/HTTP receiver accepts. With `grpc`, it also logs a warning.',
    default: 'http/json',
    expected: '`http/json`, `http/protobuf`',
  },
} satisfies Record<string, Variable>;
type OtlpName = keyof typeof OTLP_VARIABLES;

/** Variables for the destination, the queue, and the limits of spans. */
export const EXPORT_VARIABLES = {
  OTEL_TRACES_EXPORTER: {
    description:
      'The destination of spans. With `none`, the process sends no spans, but still carries the context.',
    default: 'otlp',
    expected: '`otlp`, `console`, `none`, separated by commas',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    description:
      'The base URL of the collector, which receives the spans. The process adds `/v1/traces` to it.',
    default: 'http://localhost:4318',
    expected: 'a URL',
  },
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: {
    description:
      'The full URL to which the process sends spans. Takes precedence over `OTEL_EXPORTER_OTLP_ENDPOINT`.',
    expected: 'a URL',
  },
  ...otlpVariables(),
  OTEL_BSP_SCHEDULE_DELAY: {
    description:
      'How long the process collects ended spans before it sends them in one request. It sends a full batch, of `OTEL_BSP_MAX_EXPORT_BATCH_SIZE` spans, immediately.',
    default: String(BATCH_DELAY_MS),
    unit: 'ms',
  },
  OTEL_BSP_MAX_QUEUE_SIZE: limit(
    'The maximum number of ended spans that wait to be sent. Without `TELEMETRY_JOURNAL_DIR`, further spans are lost.',
    MAX_QUEUE_SIZE,
  ),
  OTEL_BSP_MAX_EXPORT_BATCH_SIZE: limit('The maximum number of spans in one request.', MAX_BATCH_SIZE),
  OTEL_BSP_EXPORT_TIMEOUT: {
    description:
      'How long the process tries to deliver one batch of spans. After this time, it gives up. Without `TELEMETRY_JOURNAL_DIR`, these spans are then lost. If `OTEL_EXPORTER_OTLP_TIMEOUT` is shorter, that time applies instead. 0: no limit.',
    default: String(EXPORT_TIMEOUT_MS),
    unit: 'ms',
  },
  OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT: limit('The maximum number of attributes of a span.'),
  OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: limit(
    'The maximum number of characters in a text of a span: the value of an attribute, an element of a list, a name, or a status message. Longer text is cut off.',
    MAX_VALUE_LENGTH,
  ),
  OTEL_SPAN_EVENT_COUNT_LIMIT: limit('The maximum number of events of a span.'),
  OTEL_SPAN_LINK_COUNT_LIMIT: limit('The maximum number of links of a span.'),
  OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT: limit('The maximum number of attributes of an event.'),
  OTEL_LINK_ATTRIBUTE_COUNT_LIMIT: limit('The maximum number of attributes of a link.'),
  OTEL_ATTRIBUTE_COUNT_LIMIT: {
    description:
      'The maximum number of attributes of a span, if `OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT` is not set.',
    ...forAnySignal,
  },
  OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT: {
    description:
      'The maximum number of characters in a text of a span, if `OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT` is not set.',
    ...forAnySignal,
  },
} satisfies Record<string, Variable>;

function otlpVariables() {
  const entries = Object.entries<Variable>(OTLP_VARIABLES).flatMap(([name, variable]) => [
    [`OTEL_EXPORTER_OTLP_${name}`, variable],
    [
      `OTEL_EXPORTER_OTLP_TRACES_${name}`,
      {
        expected: variable.expected,
        unit: variable.unit,
        secret: variable.secret,
        description: `Like \`OTEL_EXPORTER_OTLP_${name}\`, but only for spans.`,
      },
    ],
  ]);
  return Object.fromEntries(entries) as Record<
    `OTEL_EXPORTER_OTLP_${OtlpName}` | `OTEL_EXPORTER_OTLP_TRACES_${OtlpName}`,
    Variable
  >;
}
