/** A new trace with its root span, as W3C's header writes it: https://www.w3.org/TR/trace-context-2/#traceparent-header */
export interface NewTrace {
  traceId: string;
  traceparent: string;
}

/** Makes the ids of a click's trace. Always sampled: the page is there to look at it. */
export function newTrace(): NewTrace {
  const traceId = randomHex(16);
  return { traceId, traceparent: `00-${traceId}-${randomHex(8)}-01` };
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  // All zeros is not a valid id; a random one never is, but the last bit makes it sure.
  random[bytes - 1] = (random[bytes - 1] ?? 0) | 1;
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
