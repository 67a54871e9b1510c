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

/**
 * What is known about work that stopped, and now resumes after an approval, a timer, or its children. A segment is the work
 * between two stops.
 */
export interface ResumeFrom {
  /** The context of the span in which the work stopped, from the carrier that was stored together with the stop. */
  lastSegment: Context;
  /** The context in which the work was created; used if there is no last segment. */
  created: Context;
  /** The length of the pause, in milliseconds. */
  heldMs: number;
  /**
   * How the next segment relates to the last one. By default, it is a child. After a pause of `linkAfterMs` or longer, it is a
   * separate trace that links to the last one.
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
 * The next segment is a child of the last segment, not of the span that created the work. Otherwise, the second segment and the
 * third would appear side by side, not one after the other. The span that resumes the work, such as an approval, becomes a link,
 * because the work belongs to the trace of the caller that asked for it. When work stops, store its context, `captureContext()`,
 * in the same write as the stop itself.
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
