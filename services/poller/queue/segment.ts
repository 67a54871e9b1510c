import { isScheduled, numberOf, type OrderDocument } from '@beyond-headers/contracts';
import { documentCarrier, extractContext } from '@beyond-headers/propagation';
import { ROOT_CONTEXT, trace, type Context, type SpanContext } from '@opentelemetry/api';

/* A document may contain any value in these fields, and an attempt must start regardless. */

const contextOf = (carrier: unknown): Context => extractContext(carrier, documentCarrier, ROOT_CONTEXT);

/** Returns the context with which the order was created or requeued. */
export const createdBy = ({ context }: OrderDocument): Context => contextOf(context);

/** Returns the context of the segment that stopped last. */
export const lastSegment = ({ pause }: OrderDocument): Context => contextOf(pause?.context);

/** Reports whether an attempt begins a scheduled run: the first, or the next one after a pause. */
export const isRun = (order: OrderDocument): boolean =>
  isScheduled(order) && (!order.pause || order.pause.reason === 'schedule');

/** Returns the context that an attempt continues: of the last segment, or else of the creation. A run never continues another run. */
export function carriedBy(order: OrderDocument): Context {
  if (isRun(order)) return createdBy(order);
  const last = lastSegment(order);
  return trace.getSpanContext(last) ? last : createdBy(order);
}

/** Returns the spans that resumed the work after its last pause. */
export function causesOf({ pause }: OrderDocument): Array<SpanContext | undefined> {
  const causes: unknown = pause?.causes;
  return Array.isArray(causes) ? causes.map((cause) => trace.getSpanContext(contextOf(cause))) : [];
}

/** Returns how long the pause before this segment lasted, in milliseconds; undefined if there was none. */
export function heldMsOf({ pause }: OrderDocument): number | undefined {
  const heldMs = numberOf(pause?.until) - numberOf(pause?.since);
  return Number.isFinite(heldMs) ? Math.max(0, heldMs) : undefined;
}
