import { inSpan } from '@beyond-headers/telemetry';
import { context, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { compare, measureOne, type Pairs } from './calls/compare.ts';
import { readWhole } from './calls/read-whole.ts';

const PAIRS: Pairs = {
  inSpan: () => {
    const tracer = setUp();
    return {
      base: {
        call: () =>
          tracer.startActiveSpan('work', async (span) => {
            try {
              return await work(span);
            } finally {
              span.end();
            }
          }),
      },
      candidate: { call: () => inSpan('work', {}, work) },
      bar: 1.1,
    };
  },
};

/** Compares `inSpan` around asynchronous work with upstream's `startActiveSpan` with try and finally. Fails above a bar. */
export async function run(): Promise<void> {
  console.log("Against upstream's startActiveSpan with try and finally:");
  if (!(await compare(import.meta.filename, PAIRS))) process.exitCode = 1;
}

function setUp() {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(new TracerProvider({ sampler: new AlwaysOnSampler() }));
  return trace.getTracer('upstream');
}

async function work(span: Span): Promise<void> {
  const { traceId, spanId } = span.spanContext();
  readWhole(traceId, spanId);
}

if (import.meta.main) await measureOne(PAIRS);
