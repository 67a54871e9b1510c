import type { SpanLimits } from '@opentelemetry/sdk-trace';
import { EDGE_POLICIES, TRACE_SHAPES, type EdgePolicy, type TraceShape } from '@beyond-headers/propagation';
import { warn } from './log.ts';
import { timerMs } from './max-timer.ts';
import { choice, knownNames, list, number, oneOf, text, type Env } from './read-env.ts';
import {
  BATCH_DELAY_MS,
  EXPORT_TIMEOUT_MS,
  MAX_BATCH_SIZE,
  MAX_PER_SPAN,
  MAX_QUEUE_SIZE,
  MAX_VALUE_LENGTH,
} from './export-variables.ts';
import {
  DEFAULT_BAGGAGE_KEYS,
  DEFAULT_FLUSH_BUDGET_MS,
  DEFAULT_PROPAGATORS,
  DEFAULT_SAMPLER,
  DEFAULT_TRACE_SHAPE,
  SAMPLERS,
  type TelemetryVariable,
} from './variables.ts';

/**
 * The settings that telemetry reads from the environment. `variables.ts` declares the variables. A bad value never stops a
 * process: telemetry warns, and uses a fallback.
 */
export interface TelemetrySettings {
  disabled: boolean;
  serviceName: string;
  /** The destinations of spans: `OTEL_TRACES_EXPORTER`. Empty if the process only carries the context. */
  exporters: TracesExporter[];
  /** All names in `OTEL_LOGS_EXPORTER`. The profile determines which ones are valid. */
  logsExporters: string[];
  /** The kind of process: `TELEMETRY_PROFILE`. Undefined if it must be detected. */
  profile: Profile | undefined;
  /** How the context is written and read: `OTEL_PROPAGATORS`. */
  propagators: string[];
  /** `OTEL_NODE_ENABLED_INSTRUMENTATIONS`, undefined when unset, and `OTEL_NODE_DISABLED_INSTRUMENTATIONS`. */
  instrumentations: { enabled: string[] | undefined; disabled: string[] };
  /** What a process with a public endpoint does with a caller's trace context: `EDGE_POLICY`. */
  edgePolicy: EdgePolicy;
  /** How the process relates to the context in its environment: `TRACE_SHAPE`. */
  shape: TraceShape;
  /** The baggage keys that may come in and go out: `BAGGAGE_KEYS`, separated by commas. */
  baggageKeys: string[];
  /** How long an ending process may take to send its last spans, in milliseconds. */
  flushBudgetMs: number;
  /**
   * The directory that keeps spans until they are delivered, so that a killed process loses none: `TELEMETRY_JOURNAL_DIR`. Off if
   * undefined.
   */
  journalDirectory: string | undefined;
  batch: BatchSettings;
  /** The limits of a span: `OTEL_SPAN_*`, `OTEL_ATTRIBUTE_*`, and similar variables. */
  spanLimits: Required<SpanLimits>;
  /** The sampler: `OTEL_TRACES_SAMPLER`. */
  sampler: SamplerSettings;
  /** The level of telemetry's own messages: `OTEL_LOG_LEVEL`. */
  logLevel: string | undefined;
}

const DEFAULT_EXPORTER = 'otlp';
const TRACES_EXPORTERS = ['otlp', 'console', 'none'] as const;
type TracesExporter = Exclude<(typeof TRACES_EXPORTERS)[number], 'none'>;

const PROFILES = ['job', 'service'] as const;
type Profile = (typeof PROFILES)[number];

/** The sampler: `OTEL_TRACES_SAMPLER`, and for a ratio `OTEL_TRACES_SAMPLER_ARG`. */
export interface SamplerSettings {
  name: (typeof SAMPLERS)[number];
  /** From 0 to 1, both inclusive. */
  ratio: number;
}

/** `OTEL_BSP_*`. */
export interface BatchSettings {
  maxQueueSize: number;
  maxBatchSize: number;
  delayMs: number;
  /** 0: no limit. */
  exportTimeoutMs: number;
}

export function readSettings(env: Env): TelemetrySettings {
  const disabled = oneOf(env, 'OTEL_SDK_DISABLED', ['true', 'false'], 'false') === 'true';
  const exporters = readExporters(env);
  const logsExporters = list(choice(env, 'OTEL_LOGS_EXPORTER')) ?? [];
  // Other exporters don't use the endpoint.
  if (!disabled && [...exporters, ...logsExporters].includes('otlp')) {
    warnOfOtherProtocol(env);
    warnOfEndpoint(env);
  }
  return {
    disabled,
    serviceName: text(env, 'OTEL_SERVICE_NAME') ?? 'unknown_service:node',
    exporters,
    logsExporters,
    profile: oneOf(env, 'TELEMETRY_PROFILE', PROFILES, undefined),
    propagators: list(choice(env, 'OTEL_PROPAGATORS')) ?? DEFAULT_PROPAGATORS,
    instrumentations: {
      enabled: list(text(env, 'OTEL_NODE_ENABLED_INSTRUMENTATIONS')),
      disabled: list(text(env, 'OTEL_NODE_DISABLED_INSTRUMENTATIONS')) ?? [],
    },
    // If the value is invalid, `link` is safe: a caller doesn't affect sampling, and the creator's trace doesn't grow with every run.
    edgePolicy: oneOf(env, 'EDGE_POLICY', EDGE_POLICIES, 'continue', 'link'),
    shape: oneOf(env, 'TRACE_SHAPE', TRACE_SHAPES, DEFAULT_TRACE_SHAPE, 'link'),
    baggageKeys: list(env['BAGGAGE_KEYS'] ?? DEFAULT_BAGGAGE_KEYS) ?? [],
    flushBudgetMs: timerMs(
      number(env, 'TELEMETRY_FLUSH_BUDGET_MS', DEFAULT_FLUSH_BUDGET_MS, { isPositive: true }),
    ),
    journalDirectory: text(env, 'TELEMETRY_JOURNAL_DIR'),
    batch: batch(env),
    spanLimits: spanLimits(env),
    sampler: sampler(env),
    logLevel: text(env, 'OTEL_LOG_LEVEL'),
  };
}

function readExporters(env: Env): TracesExporter[] {
  const names = list(choice(env, 'OTEL_TRACES_EXPORTER')) ?? [DEFAULT_EXPORTER];
  const known = knownNames('OTEL_TRACES_EXPORTER', names, TRACES_EXPORTERS);
  // As the specification requires, a variable without a valid value counts as unset.
  if (known.length === 0) {
    warn(`OTEL_TRACES_EXPORTER has no valid name; using ${DEFAULT_EXPORTER}`);
    return [DEFAULT_EXPORTER];
  }
  return known.filter((name) => name !== 'none');
}

/** Warns about another protocol. Spans are always posted as JSON over HTTP, which an endpoint for gRPC would refuse without a reason. */
function warnOfOtherProtocol(env: Env): void {
  const name = 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';
  const own = text(env, name) ? name : 'OTEL_EXPORTER_OTLP_PROTOCOL';
  const value = choice(env, own) ?? 'http/json';
  if (value.startsWith('http/')) return;
  warn(
    `${own} is ${JSON.stringify(value)}: expected http/json or http/protobuf; spans are posted as http/json`,
  );
}

/** Warns about an endpoint that is not an HTTP URL, such as `collector:4318`. The errors of its use don't name the variable. */
function warnOfEndpoint(env: Env): void {
  const ofTraces = 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT';
  const name = text(env, ofTraces) ? ofTraces : 'OTEL_EXPORTER_OTLP_ENDPOINT';
  const value = text(env, name);
  if (value === undefined || (URL.canParse(value) && /^https?:/i.test(value))) return;
  // The part before `@` may be a password, and some vendors put a token into the path.
  const host = value.replace(/^.*@/, '***@');
  const [start = ''] = /^(?:(?:[^/?#]*:)?\/\/)?[^/?#]*/.exec(host) ?? [];
  const shown = JSON.stringify(start === host ? host : `${start}/…`);
  warn(`${name} is ${shown}: expected a URL such as http://localhost:4318`);
}

function batch(env: Env): BatchSettings {
  const maxQueueSize = count(env, 'OTEL_BSP_MAX_QUEUE_SIZE', MAX_QUEUE_SIZE);
  const maxBatchSize = count(env, 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE', Math.min(MAX_BATCH_SIZE, maxQueueSize));
  if (maxBatchSize > maxQueueSize) {
    warn(
      `OTEL_BSP_MAX_EXPORT_BATCH_SIZE is ${maxBatchSize}: expected at most OTEL_BSP_MAX_QUEUE_SIZE; using ${maxQueueSize}`,
    );
  }
  return {
    maxQueueSize,
    maxBatchSize: Math.min(maxBatchSize, maxQueueSize),
    delayMs: timerMs(number(env, 'OTEL_BSP_SCHEDULE_DELAY', BATCH_DELAY_MS)),
    exportTimeoutMs: timerMs(number(env, 'OTEL_BSP_EXPORT_TIMEOUT', EXPORT_TIMEOUT_MS)),
  };
}

/** A limit for spans takes precedence over the limit for all signals. */
function spanLimits(env: Env): Required<SpanLimits> {
  const anyCount = limit(env, 'OTEL_ATTRIBUTE_COUNT_LIMIT', MAX_PER_SPAN);
  const anyLength = count(env, 'OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT', MAX_VALUE_LENGTH);
  return {
    attributeCountLimit: limit(env, 'OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT', anyCount),
    attributeValueLengthLimit: count(env, 'OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT', anyLength),
    eventCountLimit: limit(env, 'OTEL_SPAN_EVENT_COUNT_LIMIT', MAX_PER_SPAN),
    linkCountLimit: limit(env, 'OTEL_SPAN_LINK_COUNT_LIMIT', MAX_PER_SPAN),
    attributePerEventCountLimit: limit(env, 'OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT', MAX_PER_SPAN),
    attributePerLinkCountLimit: limit(env, 'OTEL_LINK_ATTRIBUTE_COUNT_LIMIT', MAX_PER_SPAN),
  };
}

/** As the specification requires, an invalid name or argument counts as unset. */
function sampler(env: Env): SamplerSettings {
  const name = oneOf(env, 'OTEL_TRACES_SAMPLER', SAMPLERS, DEFAULT_SAMPLER);
  const hasRatio = name.endsWith('traceidratio');
  return { name, ratio: hasRatio ? number(env, 'OTEL_TRACES_SAMPLER_ARG', 1, { max: 1 }) : 1 };
}

function count(env: Env, name: TelemetryVariable, fallback: number): number {
  return number(env, name, fallback, { isPositive: true, isWhole: true });
}

function limit(env: Env, name: TelemetryVariable, fallback: number): number {
  return number(env, name, fallback, { isWhole: true });
}
