import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { journalName } from './journal-name.ts';
import { readJournal } from './read-journal.ts';

/**
 * One file of a journal, with every line about the spans that started in it. A line is `S` (started) or `E` (ended) and the span as
 * OTLP JSON, or `D` and the ids of spans that are done with. So each file can be read, and removed, without the others.
 *
 * A line is between two line breaks. With the first one, a line that a full disk cut off costs itself alone. With the second one, an
 * earlier version takes the last line for whole.
 *
 * The operating system keeps what was written when a process dies, so nothing is synced; a machine that dies loses it.
 */
export class JournalFile {
  readonly path: string;
  readonly #file: number;
  /** Ids of spans that started here and are not done with. */
  readonly kept = new Set<string>();
  #bytes = 0;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.path = join(directory, journalName());
    this.#file = openSync(this.path, 'a');
  }

  get bytes(): number {
    return this.#bytes;
  }

  keep(mark: 'S' | 'E', id: string, json: Uint8Array): void {
    this.kept.add(id);
    this.#write(`${mark} ${Buffer.from(json).toString()}`);
  }

  /** Strikes out spans that are no longer kept; an empty file starts again at no length. */
  strike(ids: string[]): void {
    if (this.kept.size > 0) {
      this.#write(`D ${ids.join(' ')}`);
    } else {
      ftruncateSync(this.#file);
      this.#bytes = 0;
    }
  }

  /** Leaves only the ended spans that are kept. The file gets shorter, so a full disk has room for it. */
  shorten(): void {
    const found = readJournal(readFileSync(this.path, 'utf8'), 0n);
    const lines = [...this.kept].map((id) => `E ${JSON.stringify({ resourceSpans: [found.get(id)] })}\n`);
    const text = lines.join('');
    // Over the old content: a file that was emptied first would need room.
    writeFileSync(this.path, text, { flag: 'r+' });
    this.#bytes = Buffer.byteLength(text);
    ftruncateSync(this.#file, this.#bytes);
  }

  remove(): void {
    closeSync(this.#file);
    rmSync(this.path, { force: true });
  }

  #write(content: string): void {
    const line = `\n${content}\n`;
    // Unlike `writeSync`, it fails when a full disk takes only a part of the line.
    appendFileSync(this.#file, line);
    this.#bytes += Buffer.byteLength(line);
  }
}
