import {
  appended,
  PARKED,
  type AttemptOutcome,
  type AttemptRecord,
  type OrderDocument,
} from '@beyond-headers/contracts';
import { ROOT_CONTEXT, trace, type Span, type SpanContext } from '@opentelemetry/api';
import {
  captureContext,
  documentCarrier,
  extractContext,
  type DocumentContext,
} from '@beyond-headers/propagation';
import type { Document } from 'mongodb';
import { byOrder } from './expressions.ts';
import type { ClaimedOrder } from './order-queue.ts';

/** Keeps an order that is requeued again and again below the size limit of a document. */
const MAX_RECORDS = 50;
const MAX_ERROR_LENGTH = 1_000;

/** Returns a carrier with the span, but without baggage, which is enough for a link. */
function spanAsCarrier(span: Span): DocumentContext | undefined {
  return captureContext(trace.setSpan(ROOT_CONTEXT, span));
}

/** Returns, in a write to many orders, the carrier with the span of each order's attempt. `spans` has the same order as `orders`. */
export const spanOfEach = (orders: readonly ClaimedOrder[], spans: readonly Span[]): Document => ({
  $ifNull: [byOrder(orders, spans.map(spanAsCarrier)), '$$REMOVE'],
});

/** Returns the record of the previous attempt in the same segment; undefined for the first attempt after a pause. */
export function lastAttempt({ history }: OrderDocument): AttemptRecord | undefined {
  if (!Array.isArray(history)) return undefined;
  const last: AttemptRecord | undefined = history.findLast((record) => record?.outcome !== 'requeued');
  return last && last.outcome in PARKED ? undefined : last;
}

/** Reports whether a claim took over an order whose lease had ended, because its worker died. */
export const isTakenOver = (order: ClaimedOrder): boolean => lastRecord(order)?.outcome === 'lease ended';

/** Reports whether a claim began no attempt at an order, because the lease of its last allowed attempt had ended. */
export const isGivenUp = (order: ClaimedOrder): boolean =>
  isTakenOver(order) && lastRecord(order)?.attempt === order.attempts;

const lastRecord = ({ history }: OrderDocument): AttemptRecord | undefined =>
  Array.isArray(history) ? history.at(-1) : undefined;

/** Returns the span of the previous attempt, if it is known. */
export function previousAttempt(order: OrderDocument): SpanContext | undefined {
  return trace.getSpanContext(extractContext(lastAttempt(order)?.context, documentCarrier));
}

/** Returns the history with the attempt that is ending. */
export function historyWith(
  { attempts, lease }: ClaimedOrder,
  outcome: AttemptOutcome,
  span: Span,
  error?: Error,
): Document {
  const { token, owner } = lease;
  const context = spanAsCarrier(span);
  const message = error && { error: shortened(error.message) };
  return withRecord({ attempt: attempts, outcome, token, owner, ...message, ...(context && { context }) });
}

/** The history with the attempt whose lease ended. The next claim writes it, because the attempt's worker died. */
export const historyWithEndedLease: Document = appended(
  'history',
  {
    attempt: '$attempts',
    outcome: 'lease ended',
    at: '$$NOW',
    token: '$lease.token',
    owner: '$lease.owner',
    context: '$lease.context',
  },
  MAX_RECORDS,
);

/** Returns the history with the carrier that an order had before it was requeued. */
export function historyWithRequeue({ attempts, context }: OrderDocument, token: string): Document {
  return withRecord({ attempt: attempts, outcome: 'requeued', token, ...(context && { context }) });
}

/** `$literal`, because a handler's text that starts with `$` must stay text. */
const withRecord = (record: Document): Document =>
  appended('history', { $mergeObjects: [{ $literal: record }, { at: '$$NOW' }] }, MAX_RECORDS);

export const shortened = (error: string): string => error.slice(0, MAX_ERROR_LENGTH);
