/*
 * Aggregation expressions on stored orders that work for any document. If a field of a wrong type made a write fail, its
 * order would stay at the head of the queue forever.
 */

type Expression = Record<string, unknown>;

const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/;

export const listOr = (field: string): Expression => ({
  $cond: [{ $isArray: `$${field}` }, `$${field}`, []],
});

/** The list with an element at its end; the oldest go beyond `max`. */
export const appended = (field: string, element: Expression, max: number): Expression => ({
  $slice: [{ $concatArrays: [listOr(field), [element]] }, -max],
});

/** The list with values at its end, as they are; the oldest go beyond `max`. */
export const appendedAll = (field: string, values: readonly unknown[], max: number): Expression => ({
  $slice: [{ $concatArrays: [listOr(field), { $literal: values }] }, -max],
});

/** The list with those values at its end that it does not hold; no value may be there twice. */
export const appendedNew = (field: string, values: Expression): Expression => ({
  $concatArrays: [listOr(field), { $setDifference: [values, listOr(field)] }],
});

/** A trace id as a list. An id of zeros, as there is without telemetry, is none. */
export const traceIdAsList = (traceId: string | undefined): string[] =>
  traceId !== undefined && TRACE_ID.test(traceId) ? [traceId] : [];

/** The list with a trace id at its end, unless it holds it already. */
export const appendedOnce = (field: string, traceId: string | undefined): Expression =>
  appendedNew(field, { $literal: traceIdAsList(traceId) });
