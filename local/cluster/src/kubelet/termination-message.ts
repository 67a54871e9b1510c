import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container } from '../objects.ts';
import type { Command } from './container-process.ts';

const MAX_BYTES = 4096;

/**
 * The file for a container's termination message. Containers share this machine's files, so `terminationMessagePath` is not private to one
 * container. Instead, an environment variable that holds this path gets the path of a temporary file.
 */
export class TerminationMessage {
  readonly #path: string | undefined;
  readonly #directory = mkdtempSync(join(tmpdir(), 'termination-'));
  readonly #file = join(this.#directory, 'message');

  constructor({ terminationMessagePath }: Container) {
    this.#path = terminationMessagePath;
    writeFileSync(this.#file, '');
  }

  within(command: Command): Command {
    const env = [...command.env].map(
      ([name, value]) => [name, value === this.#path ? this.#file : value] as const,
    );
    return { ...command, env: new Map(env) };
  }

  /** Returns the message, or an empty string if there is none, and deletes the file. */
  take(): string {
    try {
      return readFileSync(this.#file).subarray(0, MAX_BYTES).toString('utf8');
    } catch {
      // The container deleted the file.
      return '';
    } finally {
      rmSync(this.#directory, { recursive: true, force: true });
    }
  }
}
