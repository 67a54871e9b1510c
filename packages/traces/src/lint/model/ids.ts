/** A span id in two halves: numbers of 32 bits, so that a million of them are a few megabytes. */
export interface SpanId {
  high: number;
  low: number;
}

const hexTraceId = /^[0-9a-f]{32}$/;
const hexSpanId = /^[0-9a-f]{16}$/;
// Protobuf's JSON mapping writes bytes so; OTLP asks for hex, and some servers follow the mapping.
const base64TraceId = /^[\w+/-]{22}==$/;
const base64SpanId = /^[\w+/-]{11}=$/;

/** A trace id in lower-case hex, from hex or base64; undefined for anything else and for all zeros. */
export function readTraceId(id: unknown): string | undefined {
  return readHex(id, hexTraceId, base64TraceId);
}

/** A span id from hex or base64; undefined for anything else and for all zeros. */
export function readSpanId(id: unknown): SpanId | undefined {
  const hex = readHex(id, hexSpanId, base64SpanId);
  return hex === undefined
    ? undefined
    : { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8), 16) };
}

function readHex(id: unknown, hex: RegExp, base64: RegExp): string | undefined {
  if (typeof id !== 'string') return undefined;
  const found = hex.test(id)
    ? id
    : hex.test(id.toLowerCase())
      ? id.toLowerCase()
      : base64.test(id)
        ? Buffer.from(id, 'base64').toString('hex')
        : '0';
  return /^0+$/.test(found) ? undefined : found;
}

export function spanIdText(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
