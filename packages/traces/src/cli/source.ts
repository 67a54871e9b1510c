import { AssertionError } from 'node:assert';
import { readDuration } from '../lint/settings.ts';
import { readSpansFile } from '../read/files.ts';
import { addressOf, fetchTraces } from '../read/jaeger.ts';
import { waitForTrace, type TraceCondition } from '../read/wait.ts';
import type { Span } from '../tree/span.ts';
import { UsageError, type Values } from './command.ts';

/** Where spans are read from. For a file, an empty list of `traces` means all traces. */
export type Source =
  { jaeger: string; traces: string[]; waitMs: number } | { file: string; traces: string[] };

export const sourceOptions = {
  jaeger: { type: 'string' },
  trace: { type: 'string', multiple: true },
  file: { type: 'string' },
  wait: { type: 'string' },
} as const;

export const sourceUsage = `  --jaeger URL     read the traces from a Jaeger v2 query API, such as http://127.0.0.1:16686
  --trace ID       the id of the trace, 32 hexadecimal digits; may be repeated, for traces that link to each other
  --file FILE      read the traces from a file with OTLP JSON or JSON lines, may be compressed with gzip; - reads standard input`;

export function sourceOf({ jaeger, trace = [], file, wait }: Values<typeof sourceOptions>): Source {
  if (file !== undefined && jaeger === undefined && wait === undefined)
    return { file, traces: trace.map(traceIdOf) };
  if (file === undefined && jaeger !== undefined && trace.length > 0) {
    const waitMs = readDuration('wait', wait ?? '0ms');
    return { jaeger: urlOf('--jaeger', jaeger), traces: trace.map(traceIdOf), waitMs };
  }
  throw new UsageError('Give either --jaeger URL with --trace ID, or --file FILE (which has no --wait).');
}

function traceIdOf(value: string): string {
  if (/^[0-9a-f]{32}$/i.test(value)) return value.toLowerCase();
  throw new UsageError(`--trace ${value}: expected 32 hex digits, as in the second part of a traceparent.`);
}

/** Returns the URL that an option gives. Throws a {@link UsageError}, which shows no credentials, if it is not an HTTP URL. */
export function urlOf(option: string, value: string): string {
  if (URL.canParse(value) && /^https?:/.test(value)) return value;
  // The value may contain a password.
  const shown = value.replace(/[^/@]*@/, '…@');
  throw new UsageError(`${option} ${shown}: expected a URL such as http://127.0.0.1:16686.`);
}

/**
 * Returns the header for the bearer token in `TRACES_TOKEN`, if the address has no credentials of its own. Not an option, because anyone who
 * can list processes could read the token.
 */
export function tokenHeader(url: string): Record<string, string> {
  const token = process.env['TRACES_TOKEN']?.trim();
  if (!token || addressOf(url).headers['authorization']) return {};
  // The error of a request would show the token.
  if (!/^[\x20-\x7e]+$/.test(token))
    throw new UsageError('TRACES_TOKEN: got a value that is not shown. Expected ASCII text in one line.');
  return { authorization: `Bearer ${token}` };
}

/** Reads the spans once or, if the source has a time to wait, until the condition holds. */
export async function readSource(source: Source, condition: TraceCondition): Promise<Span[]> {
  const { traces } = source;
  if ('file' in source) {
    const spans = await readSpansFile(source.file);
    return traces.length === 0 ? spans : spans.filter(({ traceId }) => traces.includes(traceId));
  }
  const headers = tokenHeader(source.jaeger);
  if (source.waitMs === 0) return fetchTraces(source.jaeger, traces, headers);
  return waitForTrace(source.jaeger, traces, condition, { deadlineMs: source.waitMs, headers });
}

/** Throws a one-line `AssertionError` if a trace is missing or if there are no spans. A diff would mark every line. */
export function assertThere(spans: readonly Span[], source: Source): void {
  const missing = source.traces.filter((id) => !spans.some(({ traceId }) => traceId === id));
  if (missing.length === 0 && spans.length > 0) return;
  const [where, hint] = whereOf(source);
  const what =
    missing.length > 0
      ? `Trace ${missing.join(' and ')} is not there: ${where} has no span of it.`
      : `${where} has no span.`;
  throw new AssertionError({ message: `${what} ${hint}`, operator: 'traces' });
}

function whereOf(source: Source): [where: string, hint: string] {
  if ('file' in source) return [source.file, 'Does the file contain that trace?'];
  const hint =
    'Was the request sampled, and does its service export to this store? To give it time: --wait 10s.';
  return [addressOf(source.jaeger).base, hint];
}
