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
import type { ClaimedOrder } from './order-queue.ts';

/** An order that is requeued again and again must not outgrow a document. */
const MAX_RECORDS = 50;
const MAX_ERROR_LENGTH = 1_000;

/** A span as a carrier, without the baggage around it: enough to link to. */
export function spanAsCarrier(span: Span): DocumentContext | undefined {
  return captureContext(trace.setSpan(ROOT_CONTEXT, span));
}

/** The record of the attempt before this one, in the same segment: the first after a pause has none. */
export function lastAttempt({ history }: OrderDocument): AttemptRecord | undefined {
  if (!Array.isArray(history)) return undefined;
  const last: AttemptRecord | undefined = history.findLast((record) => record?.outcome !== 'requeued');
  return last && last.outcome in PARKED ? undefined : last;
}

/** Whether a claim found the worker of an order dead, and ended its lease. */
export const isTakenOver = (order: ClaimedOrder): boolean => lastRecord(order)?.outcome === 'lease ended';

/** Whether a claim found every attempt of an order lost, and so began none: the last one is the one whose lease has ended. */
export const isGivenUp = (order: ClaimedOrder): boolean =>
  isTakenOver(order) && lastRecord(order)?.attempt === order.attempts;

const lastRecord = ({ history }: OrderDocument): AttemptRecord | undefined =>
  Array.isArray(history) ? history.at(-1) : undefined;

/** The span of the attempt before this one, when it is known. */
export function previousAttempt(order: OrderDocument): SpanContext | undefined {
  return trace.getSpanContext(extractContext(lastAttempt(order)?.context, documentCarrier));
}

/** The history with the attempt that ends now. */
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

/** The history with the attempt whose lease ended: no one was left to write it, so the next claim does. */
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

/** The history with the carrier that a requeued order had until now. */
export function historyWithRequeue({ attempts, context }: OrderDocument, token: string): Document {
  return withRecord({ attempt: attempts, outcome: 'requeued', token, ...(context && { context }) });
}

/** Literal: text of a handler that starts with `$` must stay text. */
const withRecord = (record: Document): Document =>
  appended('history', { $mergeObjects: [{ $literal: record }, { at: '$$NOW' }] }, MAX_RECORDS);

export const shortened = (error: string): string => error.slice(0, MAX_ERROR_LENGTH);
