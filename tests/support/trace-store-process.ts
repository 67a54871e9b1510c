// A trace store in its own process, because telemetry in the tests' process would also trace the store's HTTP servers.
// Its argument has the store's options, in JSON.
import { startTraceStore } from '@beyond-headers/trace-store';

const { otlpUrl, queryUrl } = await startTraceStore(JSON.parse(process.argv[2] ?? '{}'));
process.send?.({ otlpUrl, queryUrl });
process.on('disconnect', () => process.exit(0));
