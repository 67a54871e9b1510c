// Runs the trace store in its own process, because telemetry in the tests' process would also trace the store's HTTP servers.
import { startTraceStore } from '@beyond-headers/trace-store';

const { otlpUrl, queryUrl } = await startTraceStore();
process.send?.({ otlpUrl, queryUrl });
process.on('disconnect', () => process.exit(0));
