import { warn } from '../report-once.ts';

/** Longest variable that Linux gives to a process, name and `=` included, in bytes. `MAX_ARG_STRLEN` in execve(2), less its NUL. */
export const MAX_VARIABLE_BYTES = 131_071;

const utf8 = new TextEncoder();

/** Says whether a process can start with this variable, and warns when it can't. */
export function fitsEnvironment(name: string, value: string): boolean {
  if (value.includes('\0')) {
    warn(`Left out ${name}: got a NUL character. A process can't start with one.`);
    return false;
  }
  // No character has more than three bytes for each unit of a string's length.
  if (3 * (name.length + value.length) < MAX_VARIABLE_BYTES) return true;
  const bytes = utf8.encode(`${name}=${value}`).byteLength;
  if (bytes <= MAX_VARIABLE_BYTES) return true;
  warn(`Left out ${name}: got ${bytes} bytes. Expected at most ${MAX_VARIABLE_BYTES}.`);
  return false;
}
