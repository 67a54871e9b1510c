import type { Document } from 'mongodb';

/*
 * Aggregation expressions that hold for any document: a field of a wrong type in one order must not make
 * a claim fail, or that order would stand at the head of the queue for ever.
 */

export const listOr = (field: string): Document => ({
  $cond: [{ $isArray: `$${field}` }, `$${field}`, []],
});

export const numberOr = (field: string, fallback: number): Document => ({
  $cond: [{ $isNumber: `$${field}` }, `$${field}`, fallback],
});

export const dateOrNow = (field: string): Document => ({
  $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, `$${field}`, '$$NOW'],
});

/** The list with an element at its end; the oldest go beyond `max`. */
export const appended = (field: string, element: Document, max: number): Document => ({
  $slice: [{ $concatArrays: [listOr(field), [element]] }, -max],
});

/** The list with a text at its end, unless it holds it already. */
export const appendedOnce = (field: string, text: string): Document => ({
  $cond: [
    { $in: [text, listOr(field)] },
    listOr(field),
    { $concatArrays: [listOr(field), [{ $literal: text }]] },
  ],
});
