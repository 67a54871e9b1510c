import { warn } from '../report-once.ts';

/** The maximum size of a variable on Linux, name and `=` included: `MAX_ARG_STRLEN` in execve(2), less its NUL. */
export const MAX_VARIABLE_BYTES = 131_071;

const utf8 = new TextEncoder();

/** Reports whether a process can start with this variable, and warns if it can't. */
export function fitsEnvironment(name: string, value: string): boolean {
  if (value.includes('\0')) {
    warn(`Left out ${name}: got a NUL character. A process can't start with one.`);
    return false;
  }
  // UTF-8 takes at most three bytes for each UTF-16 code unit.
  if (3 * (name.length + value.length) < MAX_VARIABLE_BYTES) return true;
  const bytes = utf8.encode(`${name}=${value}`).byteLength;
  if (bytes <= MAX_VARIABLE_BYTES) return true;
  warn(`Left out ${name}: got ${bytes} bytes. Expected at most ${MAX_VARIABLE_BYTES}.`);
  return false;
}
