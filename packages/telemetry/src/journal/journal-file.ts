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
 * One file of a journal. It has all lines about the spans that started in it, so each file can be read and removed without the
 * others. A line is `S` (started) or `E` (ended) with the span as OTLP JSON, or `D` (done) with the IDs of spans that need no
 * delivery.
 *
 * Each line has a line break on both sides. With the first one, a line that a full disk cut off doesn't spoil the next line. With
 * the second one, earlier versions of this package treat the last line as complete.
 *
 * Nothing is synced to disk. Written lines survive the death of the process, but not of the machine.
 */
export class JournalFile {
  readonly path: string;
  readonly #file: number;
  /** The IDs of spans that started here and may still need delivery. */
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

  /** Marks spans as done. If the file keeps no spans, it is truncated instead. */
  strike(ids: string[]): void {
    if (this.kept.size > 0) {
      this.#write(`D ${ids.join(' ')}`);
    } else {
      ftruncateSync(this.#file);
      this.#bytes = 0;
    }
  }

  /** Rewrites the file with only the kept spans, which have ended. The file gets shorter, so there is room for it on a full disk. */
  shorten(): void {
    const found = readJournal(readFileSync(this.path, 'utf8'), 0n);
    const lines = [...this.kept].map((id) => `E ${JSON.stringify({ resourceSpans: [found.get(id)] })}\n`);
    const text = lines.join('');
    // Overwrites the old content, because a file that was truncated first would need room.
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
    // Unlike `writeSync`, this fails if a full disk can store only a part of the line.
    appendFileSync(this.#file, line);
    this.#bytes += Buffer.byteLength(line);
  }
}
