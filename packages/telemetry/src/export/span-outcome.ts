import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { Journal } from '../journal/open-journal.ts';
import { DeliveryError } from './delivery-error.ts';
import type { DeliveryReport } from './delivery-report.ts';
import type { Accepted } from './otlp-client.ts';
import type { QueueOutcome } from './span-queue.ts';

/** What the end of a span's way means: spans that the collector did not take are owed by the journal, without one they are lost. */
export function spanOutcome(report: DeliveryReport, journal: Journal | undefined): QueueOutcome {
  const keep = (spans: ReadableSpan[], cause?: unknown): boolean => {
    if (!journal?.owe(idsOf(spans))) return false;
    report.kept(spans.length, cause);
    return true;
  };
  return {
    delivered(spans: ReadableSpan[], { rejected, reason }: Accepted) {
      journal?.settle(idsOf(spans));
      report.delivered(spans.length - rejected);
      report.lost('rejected', rejected, reason);
    },
    failed(spans: ReadableSpan[], error: unknown) {
      const isBad = error instanceof DeliveryError && error.badData;
      if (!isBad && keep(spans, error)) return;
      journal?.settle(idsOf(spans));
      report.lost(isBad ? 'rejected' : 'export_failed', spans.length, error);
    },
    dropped(span: ReadableSpan) {
      if (!keep([span])) report.lost('queue_full', 1);
    },
  };
}

const idsOf = (spans: ReadableSpan[]): string[] => spans.map((span) => span.spanContext().spanId);
