// A trace store in a process of its own: in the tests' process its HTTP servers would be traced as well.
import { startTraceStore } from '@beyond-headers/trace-store';

const { otlpUrl, queryUrl } = await startTraceStore();
process.send?.({ otlpUrl, queryUrl });
process.on('disconnect', () => process.exit(0));
