import {
  ConsoleSpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import { edgeLinkSpanProcessor, rootLinkSpanProcessor } from '@beyond-headers/propagation';
import { baggageAttributes } from '../baggage-attributes.ts';
import { boundedSpans } from '../bounded-spans.ts';
import { guarded } from '../guarded-processor.ts';
import type { TelemetrySettings } from '../settings.ts';
import { DeliveryReport, type DeliveryCounts } from './delivery-report.ts';
import { OpenSpans } from './open-spans.ts';
import type { Accepted, OtlpClient } from './otlp-client.ts';
import { spanOutcome } from './span-outcome.ts';
import { SpanQueue, type Send } from './span-queue.ts';

export interface SpanPipeline {
  /** Empty when spans go nowhere. */
  processors: SpanProcessor[];
  status(): DeliveryStatus;
  /** Before the end: a batch that the collector does not take is not tried again. */
  stopRetrying(): void;
  /** Sends all spans that have ended, and resolves when it is known what became of them. */
  flush(): Promise<void>;
  /** Ends open spans and hands over all that was not delivered, for a last try that says how it went. */
  lastTry(exitCode: number, deliver: (spans: ReadableSpan[]) => Accepted | Error): void;
}

/** What became of the spans of this process. */
export interface DeliveryStatus extends DeliveryCounts {
  /** Spans that have ended and are not delivered yet. */
  waiting: number;
}

/** From ended spans to the collector: batched, bounded and counted, and in a journal where there is one. */
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
      ? (await import('../journal/open-journal.ts')).openJournal(
          settings.journalDirectory,
          report,
          loadClient,
          journalRetryMs,
        )
      : undefined;
  const outcome = spanOutcome(report, journal);
  const open = new OpenSpans();
  // What sends is loaded when there is something to send: a process starts faster without, a job by a tenth.
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
  const exporting: SpanProcessor[] = [];
  // A span has to be in the journal before the queue may have no room for it.
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

/** A client that sends nothing after the deadline, which began before the client and the batch were ready. */
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
