// The code of each preload: sets up an SDK and the hook for patching ES modules, and appends a line of OTLP JSON when the process ends.
import { appendFileSync } from 'node:fs';
import { register } from 'node:module';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { startSdk } from './sdk.mjs';

/** Reads OTEL_SERVICE_NAME, and SPANS_FILE, to which it appends the spans. With OTEL_PROPAGATORS=none, it propagates no context. */
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
