import type { Carrier, DocumentContext } from '../carrier.ts';
import { fieldNames, holdsNothing, readText, removeField, writeField, type MapLike } from './own-fields.ts';

/**
 * Carries context in a sub-document that is stored beside the business data.
 *
 * Shape: `{ traceparent: '00-…', tracestate?: '…', baggage?: '…' }`, or the fields of whatever propagator is set. It also reads the
 * objects that a mapper returns: a `Map`, an instance of a class, a document or a map of Mongoose.
 */
export const documentCarrier: Carrier<MapLike> & Carrier<DocumentContext> = {
  isInternal: true,
  set: writeField,
  get: readText,
  keys: fieldNames,
  isEmpty: holdsNothing,
  clear: removeField,
};
