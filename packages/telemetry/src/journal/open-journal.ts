import type { DeliveryReport } from '../export/delivery-report.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import { JournalDelivery } from './journal-delivery.ts';
import { SpanJournal } from './span-journal.ts';

/** The journal, as the rest of telemetry uses it. */
export interface Journal {
  processor: SpanJournal;
  /** Marks spans that need no further delivery. */
  settle(ids: string[]): void;
  /** Schedules the delivery of spans that the collector didn't accept. Returns how many of them the journal has. */
  owe(ids: string[]): number;
}

/** Opens a journal, and starts to deliver what killed processes left in the same folder. */
export function openJournal(
  directory: string,
  report: DeliveryReport,
  loadClient: () => Promise<OtlpClient>,
  retryMs?: number,
): Journal {
  const journal = new SpanJournal(directory, (owed) => report.lost('journal_full', owed));
  const delivery = new JournalDelivery({
    journal,
    directory,
    report,
    loadClient,
    ...(retryMs && { retryMs }),
  });
  return {
    processor: journal,
    settle: (ids) => journal.settle(ids),
    owe: (ids) => {
      const owed = journal.owe(ids);
      if (owed > 0) delivery.retry();
      return owed;
    },
  };
}
