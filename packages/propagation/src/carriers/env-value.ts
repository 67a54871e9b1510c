import { byteLength } from '../byte-length.ts';
import { leaveOut } from '../report-once.ts';

/** The maximum size of a variable on Linux, name and `=` included: `MAX_ARG_STRLEN` in execve(2), less its NUL. */
export const MAX_VARIABLE_BYTES = 131_071;

/** Reports whether a process can start with this variable, and warns if it can't. */
export function fitsEnvironment(name: string, value: string): boolean {
  if (value.includes('\0')) return leaveOut(name, "got a NUL character. A process can't start with one.");
  // UTF-8 takes at most three bytes for each UTF-16 code unit.
  if (3 * (name.length + value.length) < MAX_VARIABLE_BYTES) return true;
  const bytes = byteLength(`${name}=${value}`);
  if (bytes <= MAX_VARIABLE_BYTES) return true;
  return leaveOut(name, `got ${bytes} bytes. Expected at most ${MAX_VARIABLE_BYTES}.`);
}
