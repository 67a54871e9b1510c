import { readConfig } from '@beyond-headers/service-kit/config';
import { traceStoreConfig } from './config.ts';
import { startTraceStore } from './start.ts';

try {
  const config = readConfig(traceStoreConfig);
  const { otlpUrl, queryUrl } = await startTraceStore({
    otlpPort: config.OTLP_HTTP_PORT,
    queryPort: config.TRACES_PORT,
    host: config.TRACE_STORE_HOST,
    allowedHosts: config.ALLOWED_HOSTS,
    maxTraces: config.TRACE_STORE_MAX_TRACES,
    maxSpans: config.TRACE_STORE_MAX_SPANS,
    maxBytes: config.TRACE_STORE_MAX_BYTES,
    maxLogBytes: config.TRACE_STORE_MAX_LOG_BYTES,
    warn: console.warn,
  });
  // The store has nothing to write to disk, so the process exits at once.
  for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
  console.info(`trace-store is ready: OTLP/HTTP at ${otlpUrl}/v1/traces, traces at ${queryUrl}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
