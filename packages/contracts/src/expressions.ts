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

/** The list with a trace id at its end, unless it holds it already. An id of zeros, as there is without telemetry, is none. */
export const appendedOnce = (field: string, traceId: string | undefined): Expression => {
  const list = listOr(field);
  if (traceId === undefined || !TRACE_ID.test(traceId)) return list;
  return { $concatArrays: [list, { $cond: [{ $in: [traceId, list] }, [], [{ $literal: traceId }]] }] };
};
