import { leaveOut } from '../report-once.ts';

/**
 * Matches the names that Node.js and Fetch accept. They throw for other names.
 * https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Reports whether a field can be the name of a header, and warns if it can't. */
export function isHeaderName(field: string): boolean {
  if (TOKEN.test(field)) return true;
  return leaveOut(
    JSON.stringify(field),
    "it can't be the name of a header. Expected letters, digits, and !#$%&'*+-.^_`|~",
  );
}

/**
 * Reports whether a header can hold a value, and warns if it can't. Node.js throws for control characters and for characters beyond
 * Latin-1. It accepts the rest of Latin-1, such as `é`, but the receiver may decode it differently.
 */
export function fitsHeader(field: string, value: string): boolean {
  if (/^[\t\x20-\x7e]*$/.test(value)) return true;
  return leaveOut(field, 'got a character that is not allowed in a header. Expected printable ASCII.');
}
