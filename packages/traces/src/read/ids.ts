// Protobuf's JSON mapping writes bytes so; OTLP asks for hex, and some servers follow the mapping.
const base64TraceId = /^[\w+/-]{22}==$/;
const base64SpanId = /^[\w+/-]{11}=$/;
const shortTraceId = /^[0-9a-f]{16}$/;

/** A trace id in lower-case hex, from hex or base64. One of 64 bits is filled up with zeros. Anything else stays as it is. */
export function traceIdText(id: string): string {
  const hex = base64TraceId.test(id) ? fromBase64(id) : id.toLowerCase();
  return shortTraceId.test(hex) ? hex.padStart(32, '0') : hex;
}

/** A span id in lower-case hex, from hex or base64. Anything else stays as it is. */
export const spanIdText = (id: string): string => (base64SpanId.test(id) ? fromBase64(id) : id.toLowerCase());

/** Whether a field names no span: by the specification, an id of zeros is none. */
export const isNoId = (id: unknown): boolean =>
  id === undefined || id === null || (typeof id === 'string' && /^0*$/.test(spanIdText(id)));

const fromBase64 = (id: string): string => Buffer.from(id, 'base64').toString('hex');
