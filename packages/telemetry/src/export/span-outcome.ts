import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { JournalDelivery } from '../journal/journal-delivery.ts';
import { DeliveryError } from './delivery-error.ts';
import type { DeliveryReport, LossReason } from './delivery-report.ts';
import type { Accepted } from './otlp-client.ts';
import type { QueueOutcome } from './span-queue.ts';

/**
 * Returns the handlers for the outcomes of spans. The journal keeps spans that the collector didn't accept, unless it
 * rejected them for good. Without a journal, they are lost.
 */
export function spanOutcome(report: DeliveryReport, journal: JournalDelivery | undefined): QueueOutcome {
  const keepOrLose = (spans: ReadableSpan[], reason: LossReason, cause?: unknown): void => {
    const kept = journal?.owe(idsOf(spans)) ?? 0;
    if (kept > 0) report.kept(kept, cause);
    report.lost(reason, spans.length - kept, cause);
  };
  return {
    delivered(spans: ReadableSpan[], { rejected, reason }: Accepted) {
      journal?.settle(idsOf(spans));
      report.delivered(spans.length - rejected);
      report.lost('rejected', rejected, reason);
    },
    failed(spans: ReadableSpan[], error: unknown) {
      const isBad = error instanceof DeliveryError && error.badData;
      if (!isBad) return keepOrLose(spans, 'export_failed', error);
      journal?.settle(idsOf(spans));
      report.lost('rejected', spans.length, error);
    },
    dropped(span: ReadableSpan) {
      keepOrLose([span], 'queue_full');
    },
  };
}

const idsOf = (spans: ReadableSpan[]): string[] => spans.map((span) => span.spanContext().spanId);
