import { randomUUID } from 'node:crypto';
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { TraceFlags, type Span } from '@opentelemetry/api';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace';
import { warn } from './settings.ts';

/** More than this is not kept: without a collector a journal must not fill a disk. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Tells the journals of this process from those of one that had the same pid: in a container every main process is 1. */
const OWN = `${process.pid}-${randomUUID()}`;

/** A name that says which process has a journal. */
export const journalName = (): string => `${OWN}-${randomUUID().slice(0, 8)}.spans`;

/** Whether a journal is of a process that is alive, this one included. */
export function hasLivingOwner(name: string): boolean {
  if (name.startsWith(OWN)) return true;
  const pid = Number(name.split('-', 1)[0]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Writes each span to a file when it starts and when it ends, and strikes it out once it is delivered: what is left when a
 * process is killed (`kill -9`, out of memory) is read by the next start of any process with the same directory.
 *
 * The operating system keeps what was written when a process dies, so nothing is synced; a machine that dies loses it.
 * Lines: `S` (started) or `E` (ended) and the span as OTLP JSON, `D` and the ids that were delivered.
 */
export class SpanJournal implements SpanProcessor {
  readonly #path: string;
  #file: number | undefined;
  #bytes = 0;
  #isEnding = false;
  readonly #kept = new Set<string>();

  constructor(directory: string) {
    this.#path = join(directory, journalName());
    try {
      mkdirSync(directory, { recursive: true });
      this.#file = openSync(this.#path, 'a');
    } catch (error) {
      warn(`no span journal, the work goes on: ${String(error)}`);
    }
  }

  onStart(span: Span & ReadableSpan): void {
    this.#keep('S', span);
  }

  onEnd(span: ReadableSpan): void {
    this.#keep('E', span);
  }

  /** Strikes out what was delivered; an empty journal starts again at no length. */
  settled(spans: readonly ReadableSpan[]): void {
    const ids = spans.map((span) => span.spanContext().spanId);
    for (const id of ids) this.#kept.delete(id);
    if (this.#kept.size === 0 && this.#isEnding) this.#remove();
    else if (this.#kept.size === 0) this.#restart();
    else this.#write(`D ${ids.join(' ')}\n`);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  /** All processors shut down at once, and the last batch is delivered after this: the file goes when nothing is left in it. */
  shutdown(): Promise<void> {
    this.#isEnding = true;
    if (this.#kept.size === 0) this.#remove();
    return Promise.resolve();
  }

  #remove(): void {
    const file = this.#file;
    this.#file = undefined;
    this.#attempt(() => {
      if (file !== undefined) closeSync(file);
      rmSync(this.#path, { force: true });
    });
  }

  #keep(mark: 'S' | 'E', span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    const json = JsonTraceSerializer.serializeRequest([span]);
    if (!json) return;
    this.#kept.add(span.spanContext().spanId);
    this.#write(`${mark} ${Buffer.from(json).toString()}\n`);
  }

  #write(line: string): void {
    if (this.#bytes > MAX_BYTES) this.#restart();
    this.#attempt(() => {
      if (this.#file !== undefined) this.#bytes += writeSync(this.#file, line);
    });
  }

  #restart(): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#attempt(() => {
      if (this.#file !== undefined) ftruncateSync(this.#file);
    });
  }

  #attempt(change: () => void): void {
    try {
      change();
    } catch (error) {
      this.#file = undefined;
      warn(`the span journal ends, the work goes on: ${String(error)}`);
    }
  }
}
