import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, type SpanProcessor } from '@opentelemetry/sdk-trace';
import { edgeLinkSpanProcessor } from '@beyond-headers/propagation';
import { baggageAttributes } from './baggage-attributes.ts';
import { ReportingExporter } from './reporting-exporter.ts';
import type { TelemetrySettings } from './settings.ts';
import { UnexportedSpans } from './unexported-spans.ts';

/** A reader of a trace waits this long for the last span of a service at the most; upstream's default is 5 s. */
const BATCH_DELAY_MS = 500;

export interface SpanPipeline {
  processors: SpanProcessor[];
  unexported: UnexportedSpans;
}

/** From ended spans to the collector: batched, bounded, and known until they are delivered. */
export function createSpanPipeline(settings: TelemetrySettings): SpanPipeline {
  const unexported = new UnexportedSpans();
  const exporter = new ReportingExporter(new OTLPTraceExporter({ url: settings.tracesUrl }), (spans) =>
    unexported.settled(spans),
  );
  const batch = new BatchSpanProcessor({
    exporter,
    scheduledDelayMillis: Number(process.env['OTEL_BSP_SCHEDULE_DELAY']) || BATCH_DELAY_MS,
  });
  // `unexported` first: a span must be known before the batch may hand it to the exporter.
  return { processors: [edgeLinkSpanProcessor, baggageAttributes, unexported, batch], unexported };
}
