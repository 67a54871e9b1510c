import { inDecimal, port } from '@beyond-headers/service-kit/config';
import { allowedHosts } from '@beyond-headers/service-kit/guard';
import { z } from 'zod';
import { defaultLimits } from './store/limits.ts';

const amount = (fallback: number) =>
  inDecimal(z.coerce.number('Expected a whole number, 1 or more').int().min(1)).default(fallback);

export const traceStoreConfig = z.object({
  OTLP_HTTP_PORT: port(4318).describe(
    "The port that receives spans and log lines, as OTLP (OpenTelemetry's protocol) over HTTP.",
  ),
  TRACES_PORT: port(16_686).describe('The port of the query API, and of the pages that show traces.'),
  TRACE_STORE_HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address on which the store listens, at `OTLP_HTTP_PORT` and at `TRACES_PORT`.'),
  ALLOWED_HOSTS: allowedHosts(),
  TRACE_STORE_MAX_TRACES: amount(defaultLimits.maxTraces).describe(
    'The maximum number of traces that the store keeps. If there are more, it deletes the oldest traces.',
  ),
  TRACE_STORE_MAX_SPANS: amount(defaultLimits.maxSpans).describe(
    'The maximum number of spans that the store keeps, in all traces together. If there are more, it deletes the oldest traces.',
  ),
  TRACE_STORE_MAX_BYTES: amount(defaultLimits.maxBytes)
    .meta({ unit: 'bytes' })
    .describe(
      'The maximum total size of the spans that the store keeps, as JSON text. If the total is larger, the store deletes the oldest traces.',
    ),
  TRACE_STORE_MAX_LOG_BYTES: amount(defaultLimits.maxLogBytes)
    .meta({ unit: 'bytes' })
    .describe(
      'The maximum total size of the log lines that the store keeps, as JSON text. If the total is larger, the store deletes the log lines of the oldest traces.',
    ),
});
