import { allowedHosts } from '@beyond-headers/service-kit/guard';
import { z } from 'zod';
import { defaultLimits } from './store/limits.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const amount = z.coerce.number().int().positive();

export const traceStoreConfig = z.object({
  OTLP_HTTP_PORT: port.default(4318).describe('Port for spans, OTLP over HTTP.'),
  TRACES_PORT: port.default(16_686).describe('Port of the query API and of the pages.'),
  TRACE_STORE_HOST: z.string().default('127.0.0.1').describe('Address that both ports listen on.'),
  ALLOWED_HOSTS: allowedHosts(),
  TRACE_STORE_MAX_TRACES: amount
    .default(defaultLimits.maxTraces)
    .describe('Traces kept; beyond that the first ones go.'),
  TRACE_STORE_MAX_SPANS: amount.default(defaultLimits.maxSpans).describe('Spans kept, of all traces.'),
  TRACE_STORE_MAX_BYTES: amount
    .default(defaultLimits.maxBytes)
    .meta({ unit: 'bytes' })
    .describe('Size of the kept spans as JSON text.'),
});

export type Config = z.output<typeof traceStoreConfig>;

/** Reads the settings; a blank variable is one that is not set. Throws an `Error` that names each bad variable and its value. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = traceStoreConfig.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `${name}=${JSON.stringify(env[name])}: ${message}`;
  });
  throw new Error(`Failed to read the configuration of trace-store: ${problems.join('; ')}`);
}
