import { context } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import type { TelemetrySettings } from './settings.ts';
import type { UnexportedSpans } from './unexported-spans.ts';

/**
 * Posts what was not delivered, once: a job that has ended its work does not wait through the exporter's retries for a
 * collector that refuses. Rejects when the collector does not take the spans; the caller bounds the time.
 */
export async function deliverLastSpans(
  unexported: UnexportedSpans,
  settings: TelemetrySettings,
): Promise<void> {
  const spans = unexported.takeAll(0);
  if (spans.length === 0) return;
  const { JsonTraceSerializer } = await import('@opentelemetry/otlp-transformer');
  const body = JsonTraceSerializer.serializeRequest(spans);
  const { postSpans } = await import('./post-spans.ts');
  // Our own request is no work of the job: without this it would be a span more to deliver.
  await context.with(suppressTracing(context.active()), () => postSpans(settings.tracesUrl, body));
}
