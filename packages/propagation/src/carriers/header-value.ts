import { diag } from '@opentelemetry/api';

/** Says whether a header can hold a value, and warns when it can't: Node.js throws at anything but printable ASCII and tabs. */
export function fitsHeader(field: string, value: string): boolean {
  if (/^[\t\x20-\x7e]*$/.test(value)) return true;
  diag.warn(`Left out ${field}: got a character that is not allowed in a header. Expected printable ASCII.`);
  return false;
}
