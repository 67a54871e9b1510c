import type { AttemptRecord, DeadLetter, OrderDocument } from '@beyond-headers/contracts';

/** A dead letter as the outside sees it. It may be a document of any shape: that is how some came to be dead letters. */
export function toDeadLetter(order: OrderDocument): DeadLetter {
  return {
    orderId: order._id,
    customer: order.customer,
    attempts: order.attempts,
    failedAt: toText(order.availableAt),
    traceIds: Array.isArray(order.traceIds) ? order.traceIds : [],
    history: (order.history ?? []).map(toRecord),
    ...(order.error && { error: order.error }),
    ...(order.context && { context: order.context }),
  };
}

function toRecord({ attempt, outcome, at, owner, error, context }: AttemptRecord) {
  return {
    attempt,
    outcome,
    at: toText(at),
    ...(owner && { owner }),
    ...(error && { error }),
    ...(context && { context }),
  };
}

const toText = (date: Date): string => new Date(date).toISOString();
