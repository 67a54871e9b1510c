import { diag } from '@opentelemetry/api';
import { MAX_FIELD_BYTES } from './limits.ts';
import { trimOptionalWhitespace } from './optional-whitespace.ts';

/**
 * What RFC 9110 allows in a field value, less the non-ASCII part that no propagator writes. Control characters (a newline
 * that a lenient reader would trim) are refused. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;

/** Gives the value that a carrier may hand to a propagator, or `undefined` for anything that is not a clean, bounded string. */
export function readFieldValue(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_FIELD_BYTES || !FIELD_VALUE.test(raw)) return undefined;
  // Whitespace around a value is not part of it: an HTTP parser drops it, so the other carriers do too.
  return trimOptionalWhitespace(raw);
}

/**
 * Says whether a propagator's value may be written. An empty one carries nothing (upstream writes such a `tracestate` when it
 * has dropped every member); one that no reader would take is left out with a warning, as telemetry never breaks work.
 */
export function isWritableFieldValue(field: string, value: string): boolean {
  if (value === '') return false;
  if (value.length <= MAX_FIELD_BYTES && FIELD_VALUE.test(value)) return true;
  diag.warn(
    `Left out ${field}: got ${value.length} characters. Expected at most ${MAX_FIELD_BYTES}, printable ASCII only.`,
  );
  return false;
}
