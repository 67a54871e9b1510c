import { EDGE_POLICIES, type EdgePolicy } from '@beyond-headers/propagation';
import {
  DEFAULT_BAGGAGE_KEYS,
  DEFAULT_ENDPOINT,
  DEFAULT_FLUSH_BUDGET_MS,
  type TelemetryVariable,
} from './variables.ts';

/**
 * What telemetry reads from the environment; the variables themselves are declared in `variables.ts`. A bad value never
 * stops a process: telemetry falls back to its default and says so.
 */
export interface TelemetrySettings {
  disabled: boolean;
  serviceName: string;
  /** Where OTLP/HTTP traces go, complete with `/v1/traces`. */
  tracesUrl: string;
  /** `OTEL_NODE_ENABLED_INSTRUMENTATIONS`, undefined when unset. */
  instrumentations: string[] | undefined;
  /** What becomes of a caller's trace context: `EDGE_POLICY`, for a process with a public door. */
  edgePolicy: EdgePolicy;
  /** Baggage that may come in and go out: `BAGGAGE_KEYS`, separated by commas. */
  baggageKeys: string[];
  /** How long ending a process may take for its last spans, in milliseconds. */
  flushBudgetMs: number;
  /** Where spans are kept until they are delivered, so that a killed process loses none: `TELEMETRY_JOURNAL_DIR`, off when unset. */
  journalDirectory: string | undefined;
}

type Env = Record<string, string | undefined>;

export function readSettings(env: Env): TelemetrySettings {
  return {
    disabled: text(env, 'OTEL_SDK_DISABLED') === 'true',
    serviceName: text(env, 'OTEL_SERVICE_NAME') ?? 'unknown_service:node',
    tracesUrl: tracesUrl(env),
    instrumentations: list(text(env, 'OTEL_NODE_ENABLED_INSTRUMENTATIONS')),
    edgePolicy: edgePolicy(env),
    baggageKeys: list(env['BAGGAGE_KEYS'] ?? DEFAULT_BAGGAGE_KEYS) ?? [],
    flushBudgetMs: positiveNumber(env, 'TELEMETRY_FLUSH_BUDGET_MS', DEFAULT_FLUSH_BUDGET_MS),
    journalDirectory: text(env, 'TELEMETRY_JOURNAL_DIR'),
  };
}

function edgePolicy(env: Env): EdgePolicy {
  const value = text(env, 'EDGE_POLICY') ?? 'continue';
  const policy = EDGE_POLICIES.find((known) => known === value);
  if (policy) return policy;
  // The safe side: a caller's context is kept as a link, and does not decide what is sampled.
  warn(`EDGE_POLICY is ${JSON.stringify(value)}: expected one of ${EDGE_POLICIES.join(', ')}; using link`);
  return 'link';
}

function list(value: string | undefined): string[] | undefined {
  return value
    ?.split(',')
    .map((item) => item.trim())
    .filter(Boolean);
}

function tracesUrl(env: Env): string {
  const own = text(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
  const base = text(env, 'OTEL_EXPORTER_OTLP_ENDPOINT') ?? DEFAULT_ENDPOINT;
  const url = own ?? `${base.replace(/\/+$/, '')}/v1/traces`;
  if (URL.canParse(url)) return url;
  warn(
    `OTLP endpoint is not a URL: got ${JSON.stringify(own ?? base)}. Expected http://host:port; using the default`,
  );
  return `${DEFAULT_ENDPOINT}/v1/traces`;
}

function positiveNumber(env: Env, name: TelemetryVariable, fallback: number): number {
  const value = text(env, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  warn(`${name} is not a positive number: got ${JSON.stringify(value)}. Using ${fallback}`);
  return fallback;
}

function text(env: Env, name: TelemetryVariable): string | undefined {
  return env[name]?.trim() || undefined;
}

/** One line of JSON on stderr, in the shape of the services' logs, without loading their logger. */
export function warn(msg: string): void {
  console.error(JSON.stringify({ level: 'warn', time: new Date().toISOString(), name: 'telemetry', msg }));
}
