// A trace store in its own process, with room for the long run.
import { startTraceStore } from '@beyond-headers/trace-store';

const { otlpUrl, queryUrl } = await startTraceStore({
  maxTraces: 100_000,
  maxSpans: 1_000_000,
  maxBytes: 2 * 1024 ** 3,
});
process.send?.({ otlpUrl, queryUrl });
process.on('disconnect', () => process.exit(0));
