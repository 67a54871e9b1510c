import { TraceFlags, type Span } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { serialize } from '../export/serialize.ts';
import type { ProcessorHooks } from '../guarded-processor.ts';
import { messageOf, warn } from '../log.ts';
import { JournalFile } from './journal-file.ts';

/** The maximum size of a journal, so that it doesn't fill the disk if there is no collector. */
export const MAX_BYTES = 64 * 1024 * 1024;
/** The size at which a new file starts. A file is read as a whole to deliver from it, and discarded as a whole. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

export interface JournalLimits {
  maxBytes: number;
  maxFileBytes: number;
}

/**
 * Writes each span to a file when it starts and when it ends, and marks it as done when the collector has it. If a process is
 * killed (`kill -9`, out of memory), the next process with the same directory delivers the remaining spans. Spans that the
 * collector didn't accept are owed: they are delivered when it is available again. If the journal is full, the oldest spans are
 * discarded.
 */
export class SpanJournal implements ProcessorHooks {
  readonly #directory: string;
  readonly #onGivenUp: (owed: number) => void;
  readonly #limits: JournalLimits;
  /** New spans are written to the last file. */
  #files: JournalFile[] = [];
  readonly #homes = new Map<string, JournalFile>();
  readonly #owed = new Set<string>();
  #isEnding = false;
  #isBroken = false;

  constructor(
    directory: string,
    onGivenUp: (owed: number) => void,
    limits: JournalLimits = { maxBytes: MAX_BYTES, maxFileBytes: MAX_FILE_BYTES },
  ) {
    this.#directory = directory;
    this.#onGivenUp = onGivenUp;
    this.#limits = limits;
    this.#attempt(() => this.#addFile());
  }

  onStart(span: Span & ReadableSpan): void {
    this.#keep('S', span);
  }

  onEnd(span: ReadableSpan): void {
    this.#keep('E', span);
  }

  /** Marks spans that need no further delivery. */
  settle(ids: string[]): void {
    for (const [file, own] of Map.groupBy(ids, (id) => this.#homes.get(id))) {
      if (file) this.#attempt(() => this.#strike(file, own));
    }
  }

  /** Marks spans as owed, and returns how many of them the journal has. The others are lost. */
  owe(ids: string[]): number {
    const own = ids.filter((id) => this.#homes.has(id));
    for (const id of own) this.#owed.add(id);
    return own.length;
  }

  /** Returns the files with owed spans, the oldest first. */
  owedFiles(): Array<{ path: string; ids: Set<string> }> {
    return this.#files
      .map((file) => ({ path: file.path, ids: this.#owedIn(file) }))
      .filter(({ ids }) => ids.size > 0);
  }

  /**
   * Removes only empty files. All processors shut down at the same time, so the last batch may be delivered after this. A file is
   * then removed with its last span.
   */
  shutdown(): Promise<void> {
    this.#isEnding = true;
    this.#attempt(() => {
      for (const file of this.#files) if (file.kept.size === 0) this.#remove(file);
    });
    return Promise.resolve();
  }

  #keep(mark: 'S' | 'E', span: ReadableSpan): void {
    const { traceFlags, spanId } = span.spanContext();
    if (this.#isBroken || (traceFlags & TraceFlags.SAMPLED) === 0) return;
    const { body } = serialize([span], JsonTraceSerializer);
    if (body) this.#attempt(() => this.#homeOf(spanId).keep(mark, spanId, body));
    else this.settle([spanId]);
  }

  #homeOf(id: string): JournalFile {
    const home = this.#homes.get(id) ?? this.#current();
    this.#homes.set(id, home);
    return home;
  }

  #current(): JournalFile {
    const current = this.#files.at(-1);
    if (current && current.bytes < this.#limits.maxFileBytes) return current;
    this.#giveUpOldest();
    return this.#addFile();
  }

  #addFile(): JournalFile {
    const file = new JournalFile(this.#directory);
    this.#files.push(file);
    return file;
  }

  #giveUpOldest(): void {
    const bytes = () => this.#files.reduce((sum, file) => sum + file.bytes, 0);
    while (bytes() + this.#limits.maxFileBytes > this.#limits.maxBytes && this.#files[0]) {
      const [oldest] = this.#files;
      this.#onGivenUp(this.#owedIn(oldest).size);
      for (const id of oldest.kept) this.#forget(id);
      this.#remove(oldest);
    }
  }

  #strike(file: JournalFile, ids: string[]): void {
    for (const id of ids) this.#forget(id);
    const isInUse = !this.#isEnding && !this.#isBroken && file === this.#files.at(-1);
    if (file.kept.size === 0 && !isInUse) this.#remove(file);
    else if (this.#isBroken) file.shorten();
    else file.strike(ids);
  }

  #owedIn({ kept }: JournalFile): Set<string> {
    return new Set([...kept].filter((id) => this.#owed.has(id)));
  }

  #forget(id: string): void {
    this.#homes.get(id)?.kept.delete(id);
    this.#homes.delete(id);
    this.#owed.delete(id);
  }

  #remove(file: JournalFile): void {
    if (!this.#files.includes(file)) return;
    this.#files = this.#files.filter((other) => other !== file);
    file.remove();
  }

  /**
   * If the disk fails or is full, the journal stops, and keeps only what it owes. Owed spans are complete, and nothing else
   * delivers them.
   */
  #attempt(change: () => unknown): void {
    try {
      change();
    } catch (error) {
      if (this.#isBroken) return;
      this.#isBroken = true;
      warn(`the span journal stops; the work continues: ${messageOf(error)}`);
      this.#keepOnlyOwed();
    }
  }

  #keepOnlyOwed(): void {
    for (const id of this.#homes.keys()) if (!this.#owed.has(id)) this.#forget(id);
    for (const file of this.#files) this.#attempt(() => this.#strike(file, []));
  }
}
