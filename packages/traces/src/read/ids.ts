// OTLP JSON has ids in hex. But some servers write them in base64, as protobuf's JSON mapping does.
const base64TraceId = /^[\w+/-]{22}==$/;
const base64SpanId = /^[\w+/-]{11}=$/;
const shortTraceId = /^[0-9a-f]{16}$/;

/** Returns a trace id in lower-case hex, from hex or base64. Pads an id of 64 bits with zeros. Returns any other text in lower case. */
export function traceIdText(id: string): string {
  const hex = base64TraceId.test(id) ? fromBase64(id) : id.toLowerCase();
  return shortTraceId.test(hex) ? hex.padStart(32, '0') : hex;
}

/** Returns a span id in lower-case hex, from hex or base64. Returns any other text in lower case. */
export const spanIdText = (id: string): string => (base64SpanId.test(id) ? fromBase64(id) : id.toLowerCase());

/** Reports whether a field has no id. By the specification, an id of zeros is invalid. */
export const isNoId = (id: unknown): boolean =>
  id === undefined || id === null || (typeof id === 'string' && /^0*$/.test(spanIdText(id)));

const fromBase64 = (id: string): string => Buffer.from(id, 'base64').toString('hex');
