import { spanIdText as hexOf, traceIdText } from '../../read/ids.ts';

/** A span id in two halves: numbers of 32 bits, so that a million of them are a few megabytes. */
export interface SpanId {
  high: number;
  low: number;
}

const hexTraceId = /^(?!0+$)[0-9a-f]{32}$/;

/** A trace id in 32 digits of lower-case hex, from hex or base64; undefined for anything else and for all zeros. */
export function readTraceId(id: unknown): string | undefined {
  if (typeof id !== 'string') return undefined;
  if (hexTraceId.test(id)) return id;
  const found = traceIdText(id);
  return hexTraceId.test(found) ? found : undefined;
}

/** A span id from hex or base64; undefined for anything else and for all zeros. */
export function readSpanId(id: unknown): SpanId | undefined {
  if (typeof id !== 'string') return undefined;
  const hex = id.length === 16 ? id : hexOf(id);
  if (hex.length !== 16) return undefined;
  const high = eightDigits(hex, 0);
  const low = eightDigits(hex, 8);
  return high < 0 || low < 0 || (high === 0 && low === 0) ? undefined : { high, low };
}

/** By code of a character: what it is worth as a hex digit, -1 for any other. */
const digits = Int8Array.from({ length: 128 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(value) ? -1 : value;
});

/** By hand, as there are millions: `parseInt` of a slice takes several times as long. -1 where one is not a digit. */
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
