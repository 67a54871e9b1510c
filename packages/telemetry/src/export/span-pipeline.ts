import {
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { edgeLinkSpanProcessor, rootLinkSpanProcessor } from '@beyond-headers/propagation';
import { baggageAttributes } from '../baggage-attributes.ts';
import { boundedSpans } from '../bounded-spans.ts';
import { guarded, type ProcessorHooks } from '../guarded-processor.ts';
import type { TelemetrySettings } from '../settings.ts';
import { DeliveryReport, type DeliveryCounts } from './delivery-report.ts';
import { OpenSpans } from './open-spans.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';
import { spanOutcome } from './span-outcome.ts';
import { SpanQueue, type Send } from './span-queue.ts';

export interface SpanPipeline {
  /** Empty if there is no exporter. */
  processors: SpanProcessor[];
  status(): DeliveryStatus;
  /** Ends the retries before the process ends: each batch in flight gets at most one more attempt. */
  stopRetrying(): void;
  /** Sends all ended spans, and resolves when their outcome is known. */
  flush(): Promise<void>;
  /** Ends open spans, and passes all undelivered spans to `deliver`, which returns the outcome of a last attempt. */
  lastTry(exitCode: number, deliver: (spans: ReadableSpan[]) => Accepted | Error): void;
}

/** The delivery counts of this process's spans. */
export interface DeliveryStatus extends DeliveryCounts {
  /** The number of spans that have ended and are not delivered yet. */
  waiting: number;
}

/** Creates the pipeline that takes ended spans to the collector: batched, limited, counted, and optionally in a journal. */
export async function createSpanPipeline(
  settings: TelemetrySettings,
  { journalRetryMs }: { journalRetryMs?: number } = {},
): Promise<SpanPipeline> {
  const report = new DeliveryReport();
  const ending = new AbortController();
  const loadClient = lazily(async () => (await import('./otlp-client.ts')).createOtlpClient());
  const isExporting = settings.exporters.includes('otlp');
  const journal =
    isExporting && settings.journalDirectory
      ? new (await import('../journal/journal-delivery.ts')).JournalDelivery({
          directory: settings.journalDirectory,
          report,
          loadClient,
          retryMs: journalRetryMs,
        })
      : undefined;
  const outcome = spanOutcome(report, journal);
  const open = new OpenSpans();
  // The sender is loaded with the first batch, so that a process starts faster: a job, by a tenth.
  const send: Send = async (spans, deadline) => {
    const { sendSpans } = await import('./span-sender.ts');
    return sendSpans(spans, until(deadline, await loadClient()), ending.signal);
  };
  const queue = new SpanQueue(settings.batch, send, outcome);
  const shaping = [
    edgeLinkSpanProcessor,
    rootLinkSpanProcessor,
    baggageAttributes,
    boundedSpans(settings.spanLimits.attributeValueLengthLimit),
  ];
  const exporting: ProcessorHooks[] = [];
  // The journal comes before the queue, so that it already has the spans for which the queue has no room.
  if (isExporting) exporting.push(open, ...(journal ? [journal.processor] : []), queue);
  if (settings.exporters.includes('console')) {
    exporting.push(new SimpleSpanProcessor({ exporter: new ConsoleSpanExporter() }));
  }
  return {
    processors: exporting.length > 0 ? [...shaping, ...exporting].map(guarded) : [],
    status: () => ({ waiting: queue.waiting, ...report.counts }),
    stopRetrying: () => ending.abort(),
    flush: () => queue.forceFlush(),
    lastTry: (exitCode, deliver) => {
      open.endAll(exitCode);
      const spans = queue.takeAll();
      if (spans.length > 0) {
        const answer = deliver(spans);
        if (answer instanceof Error) outcome.failed(spans, answer);
        else outcome.delivered(spans, answer);
      }
      report.close();
    },
  };
}

/** Returns a client that sends nothing after the deadline. Loading the client and preparing the batch count toward the deadline. */
function until(deadline: number, client: OtlpClient): OtlpClient {
  const leftMs = () => deadline - performance.now();
  return {
    timeoutMs: Math.min(client.timeoutMs, leftMs()),
    post: async (body, postMs) => {
      if (leftMs() <= 0) throw new Error('no time was left to send them');
      return client.post(body, Math.min(postMs, leftMs()));
    },
  };
}

function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
