import { spanIdText as hexOf, traceIdText } from '../../read/ids.ts';

/** A span id as two 32-bit numbers, so that a million ids take only a few megabytes. */
export interface SpanId {
  high: number;
  low: number;
}

const hexTraceId = /^(?!0+$)[0-9a-f]{32}$/;

/** Returns a trace id as 32 digits of lower-case hex, from hex or base64. Undefined for anything else, and for an id of zeros. */
export function readTraceId(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (hexTraceId.test(id)) return id;
  const found = traceIdText(id);
  return hexTraceId.test(found) ? found : undefined;
}

/** Returns a span id, from hex or base64. Undefined for anything else, and for an id of zeros. */
export function readSpanId(id: unknown): SpanId | undefined {
  if (typeof id !== 'string') return undefined;
  const hex = id.length === 16 ? id : hexOf(id);
  if (hex.length !== 16) return undefined;
  const high = eightDigits(hex, 0);
  const low = eightDigits(hex, 8);
  return high < 0 || low < 0 || (high === 0 && low === 0) ? undefined : { high, low };
}

/** By character code: the value of the hex digit, or -1. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});

/** Parses eight hex digits, or returns -1. There are millions of ids, and `parseInt` of a slice would take several times as long. */
function eightDigits(text: string, start: number): number {
  let value = 0;
  for (let at = start; at < start + 8; at++) {
    const digit = digits[text.charCodeAt(at)] ?? -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

export function spanIdText(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
