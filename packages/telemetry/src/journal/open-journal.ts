import type { SpanProcessor } from '@opentelemetry/sdk-trace';
import type { DeliveryReport } from '../export/delivery-report.ts';
import type { OtlpClient } from '../export/otlp-client.ts';
import { JournalDelivery } from './journal-delivery.ts';
import { SpanJournal } from './span-journal.ts';

/** What the rest of telemetry knows of the journal. */
export interface Journal {
  processor: SpanProcessor;
  /** These spans need no delivery any more. */
  settle(ids: string[]): void;
  /** The collector did not take these spans. Returns how many of them the journal has, and delivers later. */
  owe(ids: string[]): number;
}

/** Opens a journal, and begins to deliver what killed processes left in the same folder. */
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
