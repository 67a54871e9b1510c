import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container } from '../objects.ts';
import type { Command } from './container-process.ts';

const MAX_BYTES = 4096;

/**
 * Makes a file for a container's termination message. Containers share this machine's files, so `terminationMessagePath` is not private to
 * one container. Instead, in the returned command, an environment variable that holds this path has the path of a temporary file. `take`
 * deletes the file, and returns the message, or an empty string if there is none.
 */
export function terminationMessage(
  { terminationMessagePath }: Container,
  command: Command,
): { command: Command; take: () => string } {
  const directory = mkdtempSync(join(tmpdir(), 'termination-'));
  const file = join(directory, 'message');
  writeFileSync(file, '');
  const env = Array.from(
    command.env,
    ([name, value]) => [name, value === terminationMessagePath ? file : value] as const,
  );
  const take = (): string => {
    try {
      return readFileSync(file).subarray(0, MAX_BYTES).toString('utf8');
    } catch {
      // The container deleted the file.
      return '';
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  };
  return { command: { ...command, env: new Map(env) }, take };
}
