import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { journalName } from './journal-name.ts';

/**
 * One file of a journal, with every line about the spans that started in it. A line is `S` (started) or `E` (ended) and the span as
 * OTLP JSON, or `D` and the ids of spans that are done with. So each file can be read, and removed, without the others.
 *
 * The operating system keeps what was written when a process dies, so nothing is synced; a machine that dies loses it.
 */
export class JournalFile {
  readonly path: string;
  readonly #file: number;
  readonly #kept = new Set<string>();
  #bytes = 0;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, journalName());
    this.#file = openSync(this.path, 'a');
  }

  /** Ids of spans that started here and are not done with. */
  get kept(): ReadonlySet<string> {
    return this.#kept;
  }

  get bytes(): number {
    return this.#bytes;
  }

  keep(mark: 'S' | 'E', id: string, json: Uint8Array): void {
    this.#kept.add(id);
    this.#write(`${mark} ${Buffer.from(json).toString()}\n`);
  }

  /** Strikes a span out; an empty file starts again at no length. */
  strike(ids: string[]): void {
    for (const id of ids) this.#kept.delete(id);
    if (this.#kept.size > 0) {
      this.#write(`D ${ids.join(' ')}\n`);
    } else {
      ftruncateSync(this.#file);
      this.#bytes = 0;
    }
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }

  #write(line: string): void {
    this.#bytes += writeSync(this.#file, line);
  }
}
