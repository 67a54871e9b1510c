import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container } from '../objects.ts';
import type { Command } from './container-process.ts';

const MAX_BYTES = 4096;

/**
 * The file for a container's last words. A container here sees this machine's files, so it can't have `terminationMessagePath`
 * for itself. A variable of its environment that holds this path gets the path of the real file instead.
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

  /** What the container left, once; empty when that is nothing. */
  take(): string {
    try {
      return readFileSync(this.#file).subarray(0, MAX_BYTES).toString('utf8');
    } catch {
      // The container took the file away.
      return '';
    } finally {
      rmSync(this.#directory, { recursive: true, force: true });
    }
  }
}
