/** Readers of the query parameters as Go's standard library reads them, since that is what Jaeger's callers write. */

/** `time.RFC3339Nano` as nanoseconds since 1970; throws with Go's words. */
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

/** Longer than any duration that a caller means. Each of the patterns takes quadratic time on digits alone. */
const MAX_DURATION_LENGTH = 40;

/** `time.ParseDuration`, such as `1m30s` or `250ms`, as nanoseconds; throws with Go's words. Up to 40 characters, unlike Go's. */
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

/** `strconv.Atoi`; throws with Go's words. */
export function parseInteger(value: string): number {
  if (!/^[+-]?\d+$/.test(value)) throw new Error(`strconv.Atoi: parsing "${value}": invalid syntax`);
  return Number(value);
}

/** `strconv.ParseBool`; throws with Go's words. */
export function parseBoolean(value: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  throw new Error(`strconv.ParseBool: parsing "${value}": invalid syntax`);
}

/** A trace id of up to 32 hex digits, filled with zeros to 32, in lower case; throws with Go's words. */
export function parseTraceId(value: string): string {
  if (value.length > 32) throw new Error(`TraceID cannot be longer than 32 hex characters: ${value}`);
  const halves = value.length > 16 ? [value.slice(0, -16), value.slice(-16)] : [value];
  const wrong = halves.find((half) => !/^[0-9a-f]+$/i.test(half));
  if (wrong !== undefined) throw new Error(`strconv.ParseUint: parsing "${wrong}": invalid syntax`);
  return value.toLowerCase().padStart(32, '0');
}

/** A span id of up to 16 hex digits, filled with zeros to 16, in lower case; throws with Go's words. */
export function parseSpanId(value: string): string {
  if (value.length > 16) throw new Error(`SpanID cannot be longer than 16 hex characters: ${value}`);
  if (!/^[0-9a-f]+$/i.test(value)) throw new Error(`strconv.ParseUint: parsing "${value}": invalid syntax`);
  return value.toLowerCase().padStart(16, '0');
}
