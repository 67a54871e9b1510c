import { inDecimal, port } from '@beyond-headers/service-kit/config';
import { allowedHosts } from '@beyond-headers/service-kit/guard';
import { z } from 'zod';
import { defaultLimits } from './store/limits.ts';

const amount = (fallback: number) =>
  inDecimal(z.coerce.number('Expected a whole number, 1 or more').int().positive()).default(fallback);

export const traceStoreConfig = z.object({
  OTLP_HTTP_PORT: port(4318).describe('Port for spans and log lines, OTLP over HTTP.'),
  TRACES_PORT: port(16_686).describe('Port of the query API and of the pages.'),
  TRACE_STORE_HOST: z.string().default('127.0.0.1').describe('The address on which both ports listen.'),
  ALLOWED_HOSTS: allowedHosts(),
  TRACE_STORE_MAX_TRACES: amount(defaultLimits.maxTraces).describe(
    'The maximum number of traces that are kept. Beyond that, the oldest are deleted.',
  ),
  TRACE_STORE_MAX_SPANS: amount(defaultLimits.maxSpans).describe(
    'The maximum number of spans that are kept, in all traces together.',
  ),
  TRACE_STORE_MAX_BYTES: amount(defaultLimits.maxBytes)
    .meta({ unit: 'bytes' })
    .describe('The maximum size of the spans that are kept, as JSON text.'),
  TRACE_STORE_MAX_LOG_BYTES: amount(defaultLimits.maxLogBytes)
    .meta({ unit: 'bytes' })
    .describe('The maximum size of the log lines that are kept, as JSON text.'),
});
