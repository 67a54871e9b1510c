/**
 * Creates a click's trace, with its root span as a `traceparent` header: https://www.w3.org/TR/trace-context-2/#traceparent-header.
 * It is always sampled, because the page shows it.
 */
export function newTrace(): { traceId: string; traceparent: string } {
  const traceId = randomHex(16);
  return { traceId, traceparent: `00-${traceId}-${randomHex(8)}-01` };
}

function randomHex(bytes: number): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  // An all-zero id is invalid. This bit rules it out.
  random[bytes - 1] = (random[bytes - 1] ?? 0) | 1;
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
