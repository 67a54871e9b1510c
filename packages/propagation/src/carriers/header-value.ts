import { warn } from '../report-once.ts';

/** A name that Node.js and Fetch send; at any other they throw. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Says whether a field can be the name of a header, and warns when it can't. */
export function isHeaderName(field: string): boolean {
  if (TOKEN.test(field)) return true;
  warn(
    `Left out ${JSON.stringify(field)}: it can't be the name of a header. Expected letters, digits, and !#$%&'*+-.^_\`|~`,
  );
  return false;
}

/**
 * Says whether a header can hold a value, and warns when it can't. Of what is not printable ASCII or a tab, Node.js refuses
 * most, and sends the rest, such as `é`, in Latin-1, which the next reader may decode as something else.
 */
export function fitsHeader(field: string, value: string): boolean {
  if (/^[\t\x20-\x7e]*$/.test(value)) return true;
  warn(`Left out ${field}: got a character that is not allowed in a header. Expected printable ASCII.`);
  return false;
}
