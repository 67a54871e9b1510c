import { forkTraceStore } from '../../support/fork-trace-store.ts';
import { makeTrace } from './trace/made.ts';
import { readTrace } from './trace/readers.ts';
import type { Figure } from './figure.ts';

const SPANS = 100_000;
/** Number of spans that the trace store keeps, over all traces. */
const STORE_HOLDS = 50_000;

/**
 * Exports one trace of a hundred thousand spans to the trace store, and reads it with each reader of this project. Does the same with
 * Jaeger if JAEGER_CONTRACT_OTLP and JAEGER_CONTRACT_QUERY are set.
 */
export async function run(): Promise<Figure[]> {
  const { otlpUrl, queryUrl } = await forkTraceStore();
  return [
    ...(await hurried(otlpUrl)),
    ...(await throughStore(otlpUrl, queryUrl)),
    ...(await throughJaeger(process.env)),
  ];
}

/** Creates the spans in a loop that leaves the exporter no time. */
async function hurried(otlpUrl: string): Promise<Figure[]> {
  const { delivered, lost, warnings } = await makeTrace(otlpUrl, SPANS, false);
  const full = lost.queue_full;
  return [
    {
      what: `loop without a pause: spans that were dropped because the exporter's queue was full, of ${SPANS}`,
      result: full,
    },
    {
      what: 'loop without a pause: sum of the spans that were delivered, refused, or dropped',
      result: delivered + lost.rejected + lost.export_failed + full,
      expected: SPANS,
    },
    {
      what: 'loop without a pause: whether the process logs the number of dropped spans',
      result: Number(/(\d+) spans lost: the queue was full/.exec(warnings)?.[1] ?? 0) > 0 ? 'yes' : 'no',
      expected: 'yes',
    },
  ];
}

async function throughStore(otlpUrl: string, queryUrl: string): Promise<Figure[]> {
  const { traceId, delivered, lost, warnings } = await makeTrace(otlpUrl, SPANS, true);
  return [
    { what: 'trace store: spans accepted', result: delivered, expected: STORE_HOLDS },
    {
      what: 'trace store: spans refused, as the exporter reports',
      result: /collector rejected/.test(warnings) ? lost.rejected : 0,
      expected: SPANS - STORE_HOLDS,
    },
    ...(await readTrace('trace store', queryUrl, traceId, STORE_HOLDS)),
  ];
}

async function throughJaeger({
  JAEGER_CONTRACT_OTLP,
  JAEGER_CONTRACT_QUERY,
}: NodeJS.ProcessEnv): Promise<Figure[]> {
  if (!JAEGER_CONTRACT_OTLP || !JAEGER_CONTRACT_QUERY) return [];
  const { traceId, delivered } = await makeTrace(JAEGER_CONTRACT_OTLP, SPANS, true);
  return [
    { what: 'Jaeger: spans accepted', result: delivered, expected: SPANS },
    ...(await readTrace('Jaeger', JAEGER_CONTRACT_QUERY, traceId, SPANS)),
  ];
}
