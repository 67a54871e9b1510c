import type { Carrier, DocumentContext } from '../carrier.ts';
import { fitsField, readOwnField } from '../field-value.ts';
import { isEmptyObject } from './is-empty-object.ts';
import { isReadable } from './is-readable.ts';

/**
 * Carries context in a plain sub-document, as it is stored beside the business data.
 *
 * Shape: `{ traceparent: '00-…', tracestate?: '…', baggage?: '…' }`, or the fields of whatever propagator is set.
 * Reads own string properties only, so that neither a prototype nor a query operator (`{ $gt: '' }`) is taken for context.
 */
export const documentCarrier: Carrier<DocumentContext> = {
  isInternal: true,
  set(document, field, value) {
    if (fitsField(field, value)) document[field] = value;
  },
  get(document, field) {
    return readOwnField(document, field);
  },
  keys(document) {
    return isReadable(document) ? Object.keys(document) : [];
  },
  isEmpty: isEmptyObject,
  clear(document, field) {
    if (Object.hasOwn(document, field)) delete document[field];
  },
};
