import { readFile } from 'node:fs/promises';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { DeliveryReport } from '../export/delivery-report.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import { messageOf, warn } from '../log.ts';
import { onEndedThread, releaseJournals } from './ended-threads.ts';
import { postJournaled } from './post-journaled.ts';
import { readJournal } from './read-journal.ts';
import { recoverJournals } from './recovery.ts';
import type { SpanJournal } from './span-journal.ts';

const RETRY_MS = 5_000;

export interface JournalDeliveryParts {
  journal: SpanJournal;
  directory: string;
  report: DeliveryReport;
  loadClient: () => Promise<OtlpClient>;
  retryMs?: number;
}

/**
 * Delivers the spans in the journals of this process, of killed processes, and of ended threads. It does so at the start, after a
 * thread ends, and again while the collector is unavailable.
 */
export class JournalDelivery {
  readonly #parts: JournalDeliveryParts;
  readonly #endedThreads: number[] = [];
  #timer: NodeJS.Timeout | undefined;
  #hasWarned = false;

  constructor(parts: JournalDeliveryParts) {
    this.#parts = parts;
    this.#schedule(0);
    onEndedThread((id) => {
      this.#endedThreads.push(id);
      this.#schedule(0);
    });
  }

  /** Schedules another attempt, for spans that the collector didn't accept. */
  retry(): void {
    this.#schedule(this.#parts.retryMs ?? RETRY_MS);
  }

  #schedule(delayMs: number): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      // The requests to the collector must not create spans.
      void context.with(suppressTracing(ROOT_CONTEXT), () => this.#run());
    }, delayMs).unref();
  }

  async #run(): Promise<void> {
    const { journal, directory, report, loadClient } = this.#parts;
    let isDone = false;
    try {
      for (const id of this.#endedThreads.splice(0)) await releaseJournals(directory, id);
      const client = await loadClient();
      await this.#deliverOwed(client);
      await recoverJournals(directory, client, ({ rejected, reason }) =>
        report.lost('rejected', rejected, reason),
      );
      isDone = journal.owedFiles().length === 0 && this.#endedThreads.length === 0;
    } catch (error) {
      this.#warnOnce(error);
    } finally {
      this.#timer = undefined;
      if (!isDone) this.retry();
    }
  }

  async #deliverOwed(client: OtlpClient): Promise<void> {
    const { journal, report } = this.#parts;
    for (const { path, ids } of journal.owedFiles()) {
      const found = readJournal(await readFile(path, 'utf8'), 0n);
      const owed = new Map([...found].filter(([id]) => ids.has(id)));
      await postJournaled(owed, client, ({ ids: posted, rejected, reason }) => {
        journal.settle(posted);
        report.delivered(posted.length - rejected, posted.length);
        report.lost('rejected', rejected, reason);
      });
    }
  }

  /** Warns once. The delivery of new spans also reports an outage, but there may be no new spans. */
  #warnOnce(error: unknown): void {
    if (!this.#hasWarned) warn(`the span journal waits for the collector: ${messageOf(error)}`);
    this.#hasWarned = true;
  }
}
