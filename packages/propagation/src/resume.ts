import {
  isSpanContextValid,
  trace,
  type Attributes,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { linkTo, startFrom, type SpanStart, type TraceShape } from './trace-shape.ts';

/** The shortest pause after which work resumes in a new trace: one hour, in milliseconds. */
export const HOLD_LINK_AFTER_MS = 3_600_000;

/** What is known about work that stopped and resumes: after an approval, a timer, or its children. */
export interface ResumeFrom {
  /** The context of the span in which the work stopped, from the carrier that was stored together with the stop. */
  lastSegment: Context;
  /** The context in which the work was created; used if there is no last segment. */
  created: Context;
  /** The length of the pause, in milliseconds. */
  heldMs: number;
  /**
   * How the next segment relates to the last one; by default as a child, and from the limit on in a separate trace that links to
   * it.
   */
  shape?: TraceShape | undefined;
  /** The shortest pause after which the next segment is a separate trace, whatever the shape; `Infinity` for never. */
  linkAfterMs?: number | undefined;
  /** Attributes of the link to the last segment. */
  attributes?: Attributes | undefined;
  /**
   * The spans that caused the work to resume, to which the segment links: the request that approved it, or the last span of each
   * child.
   */
  causes?: Iterable<SpanContext | undefined> | undefined;
}

/**
 * Returns the context, links, and root flag with which to start the next segment of work.
 *
 * The segment continues the last segment, not the creation. Otherwise, the second pause would appear beside the first one, not after it.
 * The caller that resumes the work is a cause, not the parent, because the work belongs to the trace of the caller that asked for it.
 * Store the context of the segment that stops, `captureContext()`, in the same write as the stop itself.
 */
export function resumeFrom({
  lastSegment,
  created,
  heldMs,
  shape = 'parent',
  linkAfterMs = HOLD_LINK_AFTER_MS,
  attributes,
  causes,
}: ResumeFrom): SpanStart {
  const last = trace.getSpanContext(lastSegment);
  const carried = last && isSpanContextValid(last) ? lastSegment : created;
  const start = startFrom({ shape, carried, attributes, ageMs: heldMs, maxAgeMs: linkAfterMs });
  return { ...start, links: [...start.links, ...Array.from(causes ?? [], (cause) => linkTo(cause)).flat()] };
}
