/*
 * Aggregation expressions on stored orders that work for any document. If a field of a wrong type made a write fail, its
 * order would stay at the head of the queue forever.
 */

type Expression = Record<string, unknown>;

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

export const listOr = (field: string): Expression => ({
  $cond: [{ $isArray: `$${field}` }, `$${field}`, []],
});

/** Appends an element to a list, and drops the oldest elements beyond `max`. */
export const appended = (field: string, element: Expression, max: number): Expression => ({
  $slice: [{ $concatArrays: [listOr(field), [element]] }, -max],
});

/** Appends values to a list, as literals, and drops the oldest elements beyond `max`. */
export const appendedAll = (field: string, values: readonly unknown[], max: number): Expression => ({
  $slice: [{ $concatArrays: [listOr(field), { $literal: values }] }, -max],
});

/** Appends the values that the list doesn't contain yet, each only once. */
export const appendedNew = (field: string, values: Expression): Expression => ({
  $concatArrays: [listOr(field), { $setDifference: [values, listOr(field)] }],
});

/** Returns a trace ID as a list. Without telemetry, the ID is all zeros, and the list is empty. */
export const traceIdAsList = (traceId: string | undefined): string[] =>
  traceId !== undefined && TRACE_ID.test(traceId) ? [traceId] : [];

/** Appends a trace ID to a list, unless the list already contains it. */
export const appendedOnce = (field: string, traceId: string | undefined): Expression =>
  appendedNew(field, { $literal: traceIdAsList(traceId) });
