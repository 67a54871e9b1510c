import { diag } from '@opentelemetry/api';
import { MAX_FIELD_BYTES } from './limits.ts';
import { trimOptionalWhitespace } from './optional-whitespace.ts';

/**
 * What RFC 9110 allows in a field value, less the non-ASCII part that no propagator writes. Upstream trims a newline and reads
 * on, where an HTTP parser would never have let it in. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
const FIELD_TEXT = /^[\t\x20-\x7e]*$/;

/**
 * Gives the value that a carrier may hand to a propagator, or `undefined` for anything that is not a clean, bounded string.
 *
 * Every character of a list (`a=1,b=2`) is checked, as upstream trims each member; a single token is one that a propagator
 * matches as a whole, so only its ends are, which saves a fifth of the cost of reading a `traceparent`.
 */
export function readFieldValue(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_FIELD_BYTES) return undefined;
  // Whitespace around a value is not part of it: an HTTP parser drops it, so the other carriers do too.
  const value = trimOptionalWhitespace(raw);
  if (value.trim() !== value || (value.includes('=') && !FIELD_TEXT.test(value))) return undefined;
  return value;
}

/** Gives the field of an object when it is its own and readable; whatever the object turns out to be. */
export function readOwnField(carrier: object, name: string): string | undefined {
  // Most fields are absent, and looking for an own property costs more than looking for any.
  const value = (carrier as Record<string, unknown> | null)?.[name];
  return value !== undefined && Object.hasOwn(carrier, name) ? readFieldValue(value) : undefined;
}

/**
 * Says whether a propagator's value may be written. An empty one carries nothing (upstream writes such a `tracestate` when it
 * has dropped every member); one that no reader would take is left out with a warning, as telemetry never breaks work.
 */
export function fitsField(field: string, value: string): boolean {
  if (value.length <= MAX_FIELD_BYTES) return value !== '';
  diag.warn(`Left out ${field}: got ${value.length} characters. Expected at most ${MAX_FIELD_BYTES}.`);
  return false;
}

/** The same, and without NUL: a process with it in its environment, or a container, would not start. */
export function fitsEnvironment(field: string, value: string): boolean {
  if (!fitsField(field, value)) return false;
  if (!value.includes('\0')) return true;
  diag.warn(`Left out ${field}: got a NUL character. Expected printable ASCII.`);
  return false;
}

/** The same, and text of a header: Node throws at a line break in one. */
export function fitsHeader(field: string, value: string): boolean {
  if (!fitsField(field, value)) return false;
  if (FIELD_TEXT.test(value)) return true;
  diag.warn(`Left out ${field}: got a character that no header may have. Expected printable ASCII.`);
  return false;
}
