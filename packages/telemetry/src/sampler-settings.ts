import { warn } from './log.ts';
import { choice, text, type Env } from './read-env.ts';
import { DEFAULT_SAMPLER, SAMPLERS } from './variables.ts';

/** The sampler: `OTEL_TRACES_SAMPLER`, and for a ratio `OTEL_TRACES_SAMPLER_ARG`. */
export interface SamplerSettings {
  name: (typeof SAMPLERS)[number];
  /** From 0 to 1, both inclusive. */
  ratio: number;
}

/** Reads the sampler. As the specification requires, an invalid name or argument counts as unset. */
export function readSampler(env: Env): SamplerSettings {
  const value = choice(env, 'OTEL_TRACES_SAMPLER') ?? DEFAULT_SAMPLER;
  const name = SAMPLERS.find((known) => known === value);
  if (!name) {
    warn(
      `OTEL_TRACES_SAMPLER is ${JSON.stringify(value)}: expected one of ${SAMPLERS.join(', ')}; using ${DEFAULT_SAMPLER}`,
    );
    return { name: DEFAULT_SAMPLER, ratio: 1 };
  }
  return { name, ratio: name.endsWith('traceidratio') ? readRatio(env) : 1 };
}

function readRatio(env: Env): number {
  const value = text(env, 'OTEL_TRACES_SAMPLER_ARG');
  if (value === undefined) return 1;
  const ratio = Number(value);
  if (ratio >= 0 && ratio <= 1) return ratio;
  warn(`OTEL_TRACES_SAMPLER_ARG is ${JSON.stringify(value)}: expected a number from 0 to 1; using 1`);
  return 1;
}
