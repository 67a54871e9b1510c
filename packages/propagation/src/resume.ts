import {
  isSpanContextValid,
  trace,
  type Attributes,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';
import { linkTo, startFrom, type SpanStart, type TraceShape } from './trace-shape.ts';

/**
 * The default of the option `linkAfterMs` of `resumeFrom`: one hour, in milliseconds. Work that resumes after a pause of this
 * length or longer starts a new trace.
 */
export const HOLD_LINK_AFTER_MS = 3_600_000;

/**
 * You pass this object to `resumeFrom`. It has what you know about work that stopped, and that now resumes, for example
 * because it was approved, or because the last of its subtasks ended. A segment is the work between two stops.
 */
export interface ResumeFrom {
  /** The context of the span in which the work stopped. Extract it from the carrier that you stored when the work stopped. */
  lastSegment: Context;
  /** The context in which the work was created. It is used if `lastSegment` has no span. */
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
   * The spans that caused the work to resume, such as the request that approved it, or the last span of each subtask. The new span
   * links to them.
   */
  causes?: Iterable<SpanContext | undefined> | undefined;
}

/**
 * Returns the arguments with which you start the span of work that stopped, for example to wait for an approval, and that now
 * resumes. When the work stops, store its context, `captureContext()`, in the same write that marks the work as stopped.
 *
 * The work between two stops is a segment. By default, the next segment is a child of the last segment. If it were a child of
 * the span that created the work, a trace would show all segments side by side, not one after the other. The span of the
 * segment also links to the spans that you pass as `causes`, such as the approval. The approval's span is not the parent,
 * because the work belongs to the trace of the caller that asked for the work.
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
