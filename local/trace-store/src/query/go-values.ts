/** Parsers of query parameters that accept what Go's standard library accepts, as Jaeger does. */

/** Parses a time in the format `time.RFC3339Nano`, and returns nanoseconds since 1970. Throws Go's error message. */
export function parseTime(value: string): bigint {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/.exec(value);
  const ms = match ? Date.parse(`${match[1]}${match[3]}`) : Number.NaN;
  if (Number.isNaN(ms)) throw new Error(`parsing time "${value}" as "2006-01-02T15:04:05.999999999Z07:00"`);
  return BigInt(ms) * 1_000_000n + BigInt((match?.[2] ?? '').slice(0, 9).padEnd(9, '0'));
}

const unitNs: Record<string, number> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
};

/** Longer than any duration that makes sense. Without a limit, the patterns take quadratic time on long runs of digits. */
const MAX_DURATION_LENGTH = 40;

/**
 * Parses a duration such as `1m30s` or `250ms`, like `time.ParseDuration`, and returns nanoseconds. Throws Go's error message.
 * Unlike Go, accepts at most 40 characters.
 */
export function parseDuration(value: string): bigint {
  if (value === '0') return 0n;
  if (value.length > MAX_DURATION_LENGTH)
    throw new Error(`time: invalid duration "${value.slice(0, MAX_DURATION_LENGTH)}…"`);
  if (!/^[+-]?((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))+$/.test(value)) {
    const reason = /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value) ? 'missing unit in duration' : 'invalid duration';
    throw new Error(`time: ${reason} "${value}"`);
  }
  const parts = [...value.matchAll(/([\d.]+)([a-zµμ]+)/g)];
  const total = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitNs[unit ?? ''] ?? 0), 0);
  return BigInt(Math.round(total)) * (value.startsWith('-') ? -1n : 1n);
}

/** Parses an integer, like `strconv.Atoi`. Throws Go's error message. */
export function parseInteger(value: string): number {
  if (!/^[+-]?\d+$/.test(value)) throw new Error(`strconv.Atoi: parsing "${value}": invalid syntax`);
  return Number(value);
}

/** Parses a boolean, like `strconv.ParseBool`. Throws Go's error message. */
export function parseBoolean(value: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  throw new Error(`strconv.ParseBool: parsing "${value}": invalid syntax`);
}

/** Parses a trace id of up to 32 hex digits. Returns it in lower case, with leading zeros. Throws Go's error message. */
export function parseTraceId(value: string): string {
  if (value.length > 32) throw new Error(`TraceID cannot be longer than 32 hex characters: ${value}`);
  const halves = value.length > 16 ? [value.slice(0, -16), value.slice(-16)] : [value];
  const wrong = halves.find((half) => !/^[0-9a-f]+$/i.test(half));
  if (wrong !== undefined) throw new Error(`strconv.ParseUint: parsing "${wrong}": invalid syntax`);
  return value.toLowerCase().padStart(32, '0');
}

/** Parses a span id of up to 16 hex digits. Returns it in lower case, with leading zeros. Throws Go's error message. */
export function parseSpanId(value: string): string {
  if (value.length > 16) throw new Error(`SpanID cannot be longer than 16 hex characters: ${value}`);
  if (!/^[0-9a-f]+$/i.test(value)) throw new Error(`strconv.ParseUint: parsing "${value}": invalid syntax`);
  return value.toLowerCase().padStart(16, '0');
}
