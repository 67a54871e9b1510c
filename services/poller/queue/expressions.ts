import { isValidTraceId } from '@opentelemetry/api';
import type { Document } from 'mongodb';

/*
 * Aggregation expressions that hold for any document. A field of a wrong type in one order must not make
 * a claim fail, or that order would stand at the head of the queue forever.
 */

export const listOr = (field: string): Document => ({ $cond: [{ $isArray: `$${field}` }, `$${field}`, []] });

/** A count; 0 when the field holds none, or one so large that a span could not have it as an attribute. */
export const countOf = (field: string): Document => {
  const value = `$${field}`;
  const isCount = { $and: [{ $isNumber: value }, { $gte: [value, 0] }, { $lt: [value, 2 ** 31] }] };
  return { $cond: [isCount, { $toInt: value }, 0] };
};

export const dateOrNow = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, '$$NOW'],
});

/** The list with an element at its end; the oldest go beyond `max`. */
export const appended = (field: string, element: Document, max: number): Document => ({
  $slice: [{ $concatArrays: [listOr(field), [element]] }, -max],
});

/** The list with a trace id at its end, unless it holds it already. An id of zeros, as there is without telemetry, is none. */
export const appendedOnce = (field: string, traceId: string): Document => {
  const list = listOr(field);
  const added = { $cond: [{ $in: [traceId, list] }, [], [{ $literal: traceId }]] };
  return isValidTraceId(traceId) ? { $concatArrays: [list, added] } : list;
};
