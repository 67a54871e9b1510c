// What a preload of a played program calls: an SDK, the hook that lets ES modules be patched, and a line of OTLP JSON at the end.
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { startSdk } from './sdk.mjs';

/** OTEL_SERVICE_NAME names the service, SPANS_FILE is where its spans go, and with OTEL_PROPAGATORS=none nothing is carried. */
export function traceThisProcess(...instrumentations) {
  register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
  const { OTEL_SERVICE_NAME, SPANS_FILE, OTEL_PROPAGATORS } = process.env;
  const exporter = startSdk({
    service: OTEL_SERVICE_NAME,
    instrumentations,
    ...(OTEL_PROPAGATORS === 'none' && { propagator: null }),
  });
  process.on('exit', () => {
    const bytes = JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans());
    appendFileSync(SPANS_FILE, `${Buffer.from(bytes).toString()}\n`);
  });
}
