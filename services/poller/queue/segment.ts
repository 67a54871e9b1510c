import { isScheduled, numberOf, type OrderDocument } from '@beyond-headers/contracts';
import { documentCarrier, extractContext } from '@beyond-headers/propagation';
import { ROOT_CONTEXT, trace, type Context, type SpanContext } from '@opentelemetry/api';

/* A document may hold anything in these fields, and an attempt has to start whatever it is. */

const contextOf = (carrier: unknown): Context => extractContext(carrier, documentCarrier, ROOT_CONTEXT);

/** What the order was created, or requeued, with. */
export const createdBy = ({ context }: OrderDocument): Context => contextOf(context);

/** The segment of the work that stopped last. */
export const lastSegment = ({ pause }: OrderDocument): Context => contextOf(pause?.context);

/** Whether an attempt begins what was scheduled: its first segment, or the next run. */
export const isRun = (order: OrderDocument): boolean =>
  isScheduled(order) && (!order.pause || order.pause.reason === 'schedule');

/** What an attempt goes on from: the segment that stopped last, or else the creation. A run never goes on from the run before. */
export function carriedBy(order: OrderDocument): Context {
  if (isRun(order)) return createdBy(order);
  const last = lastSegment(order);
  return trace.getSpanContext(last) ? last : createdBy(order);
}

/** The spans that let the work go on after its last pause. */
export function causesOf({ pause }: OrderDocument): Array<SpanContext | undefined> {
  const causes: unknown = pause?.causes;
  return Array.isArray(causes) ? causes.map((cause) => trace.getSpanContext(contextOf(cause))) : [];
}

/** How long the order stood still before this segment, in milliseconds; undefined when it never did. */
export function heldMsOf({ pause }: OrderDocument): number | undefined {
  const heldMs = numberOf(pause?.until) - numberOf(pause?.since);
  return Number.isFinite(heldMs) ? Math.max(0, heldMs) : undefined;
}
