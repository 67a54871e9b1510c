/*
 * OTLP's `flags` of a span or a link: 8 bits of W3C's trace flags, and two bits on the parent or the linked span. Source:
 * https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto.
 */
const SAMPLED = 1;
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/** Reports whether the other span is in another process. Undefined if the flags don't say it. */
export const isRemote = (flags: number): boolean | undefined =>
  (flags & HAS_IS_REMOTE) === 0 ? undefined : (flags & IS_REMOTE) !== 0;

/** Reports whether the flags say that the other span was not sampled. A sender that leaves out all flags says nothing. */
export const isUnsampled = (flags: number): boolean =>
  (flags & HAS_IS_REMOTE) !== 0 && (flags & SAMPLED) === 0;
