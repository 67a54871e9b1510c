import type { Carrier, DocumentContext } from '../carrier.ts';
import { fieldNames, holdsNothing, readText, removeField, writeField, type MapLike } from './own-fields.ts';

/**
 * Carries context in a sub-document that is stored beside the business data.
 *
 * The sub-document has one string for each field of the global propagator, by default `{ traceparent: '00-…', tracestate?: '…',
 * baggage?: '…' }`. This carrier also reads the forms in which libraries such as Mongoose return a sub-document: a `Map`, an
 * instance of a class, or a Mongoose document.
 */
export const documentCarrier: Carrier<MapLike> & Carrier<DocumentContext> = {
  isInternal: true,
  set: writeField,
  get: readText,
  keys: fieldNames,
  isEmpty: holdsNothing,
  clear: removeField,
};
