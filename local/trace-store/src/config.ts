import { z } from 'zod';
import { defaultLimits } from './store/limits.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const amount = z.coerce.number().int().positive();

const environment = z.object({
  OTLP_HTTP_PORT: port.default(4318),
  TRACES_PORT: port.default(16_686),
  TRACE_STORE_HOST: z.string().default('127.0.0.1'),
  TRACE_STORE_MAX_TRACES: amount.default(defaultLimits.maxTraces),
  TRACE_STORE_MAX_SPANS: amount.default(defaultLimits.maxSpans),
  TRACE_STORE_MAX_BYTES: amount.default(defaultLimits.maxBytes),
});

export type Config = z.output<typeof environment>;

/** Reads the settings; a blank variable is one that is not set. Throws an `Error` that names each bad variable and its value. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const parsed = environment.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = path.join('.');
    return `${name}=${JSON.stringify(env[name])}: ${message}`;
  });
  throw new Error(`Failed to read the configuration of trace-store: ${problems.join('; ')}`);
}
