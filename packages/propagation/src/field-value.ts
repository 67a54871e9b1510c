import { MAX_FIELD_BYTES, TRACEPARENT_BYTES } from './limits.ts';
import { trimOptionalWhitespace } from './optional-whitespace.ts';
import { leaveOut } from './report-once.ts';

/**
 * Matches a field value as RFC 9110 defines it: no control character except a tab. Upstream trims a line break and continues,
 * although an HTTP parser would reject it. https://www.rfc-editor.org/rfc/rfc9110#section-5.5
 */
const FIELD_TEXT = /^[\t\P{Cc}]*$/u;

/** Matches a control character. MongoDB's driver, like clients of other media, throws at a NUL in a name. */
const CONTROL = /\p{Cc}/u;

/**
 * Returns the value that a propagator may see, or `undefined` for anything that is not text, is too long, or has a line break.
 *
 * Every character of a list (`a=1,b=2`) is checked, because upstream trims each member. A propagator matches a single token as a
 * whole, so only its ends are checked.
 */
export function readFieldValue(field: string, raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > MAX_FIELD_BYTES) return undefined;
  return isPlainToken(field, raw) ? raw : readListOrPadded(raw);
}

// The fast path for every message: two comparisons, and a search for `=` unless the field is a `traceparent`.
function isPlainToken(field: string, text: string): boolean {
  return (
    isGraphic(text.charCodeAt(0)) &&
    isGraphic(text.charCodeAt(text.length - 1)) &&
    (isTraceParent(field, text) || !text.includes('='))
  );
}

// A W3C propagator matches a `traceparent` of this size as a whole, so it is a single token.
const isTraceParent = (field: string, text: string): boolean =>
  field === 'traceparent' && text.length === TRACEPARENT_BYTES;

const isGraphic = (code: number): boolean => code > 0x20 && code < 0x7f;

function readListOrPadded(raw: string): string | undefined {
  // Spaces and tabs around a value are not part of it: an HTTP parser drops them, so the other carriers do too.
  const value = trimOptionalWhitespace(raw);
  return value.trim() === value && FIELD_TEXT.test(value) ? value : undefined;
}

/**
 * Reports whether a propagator's field may be written into any medium. An empty value is left out silently: upstream writes an
 * empty `tracestate` after it has dropped every member. A value that no reader would accept is left out with a warning.
 */
export function isFieldValue(field: string, value: unknown): boolean {
  // Nearly every inject writes `traceparent`, so its name needs no check.
  if (field !== 'traceparent' && CONTROL.test(field))
    return leaveOut(JSON.stringify(field), 'its name has a control character, which no medium can hold.');
  if (typeof value !== 'string')
    return leaveOut(field, `got ${value === null ? 'null' : typeof value}. Expected text.`);
  // V8 joins the parts of a concatenated string only when it is first read. `trim` forces this at the lowest cost.
  value.trim();
  if (readFieldValue(field, value) !== undefined) return value !== '';
  return leaveOut(
    field,
    value.length > MAX_FIELD_BYTES
      ? `got ${value.length} characters. Expected at most ${MAX_FIELD_BYTES}.`
      : 'got a line break or another control character.',
  );
}
