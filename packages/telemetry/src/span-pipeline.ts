import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { edgeLinkSpanProcessor } from '@beyond-headers/propagation';
import { baggageAttributes } from './baggage-attributes.ts';
import { LazyExporter } from './lazy-exporter.ts';
import { ReportingExporter } from './reporting-exporter.ts';
import type { TelemetrySettings } from './settings.ts';
import { UnexportedSpans } from './unexported-spans.ts';
import { BATCH_DELAY_MS } from './variables.ts';

export interface SpanPipeline {
  processors: SpanProcessor[];
  unexported: UnexportedSpans;
}

/** From ended spans to the collector: batched, bounded, and known until they are delivered. */
export async function createSpanPipeline(settings: TelemetrySettings): Promise<SpanPipeline> {
  const unexported = new UnexportedSpans();
  const journals = settings.journalDirectory ? [await openJournal(settings.journalDirectory)] : [];
  const exporter = new ReportingExporter(new LazyExporter(() => loadExporter(settings.tracesUrl)), {
    isWaiting: (span) => unexported.isWaiting(span),
    settled: (spans) => {
      for (const keeper of [unexported, ...journals]) keeper.settled(spans);
    },
  });
  const batch = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: Number(process.env['OTEL_BSP_SCHEDULE_DELAY']) || BATCH_DELAY_MS,
  });
  // A span must be known before the batch may hand it to the exporter.
  return {
    processors: [edgeLinkSpanProcessor, baggageAttributes, unexported, ...journals, batch],
    unexported,
  };
}

async function loadExporter(url: string) {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  return new OTLPTraceExporter({ url });
}

async function openJournal(directory: string) {
  const { SpanJournal } = await import('./span-journal.ts');
  return new SpanJournal(directory);
}
