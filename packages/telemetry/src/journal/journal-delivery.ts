import { readFile } from 'node:fs/promises';
import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { DeliveryReport } from '../export/delivery-report.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import { messageOf, warnOnce } from '../log.ts';
import { onEndedThread, releaseJournals } from './ended-threads.ts';
import { postJournaled } from './post-journaled.ts';
import { readJournal } from './read-journal.ts';
import { recoverJournals } from './recovery.ts';
import { SpanJournal } from './span-journal.ts';

const RETRY_MS = 5_000;

interface JournalParts {
  directory: string;
  report: DeliveryReport;
  loadClient: () => Promise<OtlpClient>;
  retryMs?: number | undefined;
}

/**
 * Keeps the journal of this process, and delivers the spans in it, and in the journals of killed processes and of ended threads. It
 * does so at the start, after a thread ends, and again while the collector is unavailable.
 */
export class JournalDelivery {
  readonly #parts: JournalParts;
  /** The processor that writes the spans into the journal. */
  readonly processor: SpanJournal;
  readonly #endedThreads: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: JournalParts) {
    const { directory, report } = parts;
    this.#parts = parts;
    this.processor = new SpanJournal(directory, (owed) => report.lost('journal_full', owed));
    this.#schedule(0);
    onEndedThread((id) => {
      this.#endedThreads.push(id);
      this.#schedule(0);
    });
  }

  /** Marks spans that need no further delivery. */
  settle(ids: string[]): void {
    this.processor.settle(ids);
  }

  /** Schedules the delivery of spans that the collector didn't accept. Returns how many of them the journal has. */
  owe(ids: string[]): number {
    const owed = this.processor.owe(ids);
    if (owed > 0) this.#retry();
    return owed;
  }

  #retry(): void {
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
    const { directory, report, loadClient } = this.#parts;
    let isDone = false;
    try {
      for (const id of this.#endedThreads.splice(0)) await releaseJournals(directory, id);
      const client = await loadClient();
      await this.#deliverOwed(client);
      await recoverJournals(directory, client, ({ rejected, reason }) =>
        report.lost('rejected', rejected, reason),
      );
      isDone = this.processor.owedFiles().length === 0 && this.#endedThreads.length === 0;
    } catch (error) {
      // The delivery of new spans also reports an outage, but there may be no new spans.
      warnOnce('journal waits', `the span journal waits for the collector: ${messageOf(error)}`);
    } finally {
      this.#timer = undefined;
      if (!isDone) this.#retry();
    }
  }

  async #deliverOwed(client: OtlpClient): Promise<void> {
    const { report } = this.#parts;
    for (const { path, ids } of this.processor.owedFiles()) {
      const found = readJournal(await readFile(path, 'utf8'), 0n);
      const owed = new Map([...found].filter(([id]) => ids.has(id)));
      await postJournaled(owed, client, ({ ids: posted, rejected, reason }) => {
        this.settle(posted);
        report.delivered(posted.length - rejected, posted.length);
        report.lost('rejected', rejected, reason);
      });
    }
  }
}
