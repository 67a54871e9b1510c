import type { TextMapPropagator } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { createEdgePropagator, withBaggageAllowList } from '@beyond-headers/propagation';
import { messageOf, warn } from './log.ts';
import { knownNames } from './read-env.ts';
import type { TelemetrySettings } from './settings.ts';
import { DEFAULT_PROPAGATORS } from './variables.ts';

/** The propagators by their names in `OTEL_PROPAGATORS`. Those that W3C doesn't define are loaded only if they are named. */
const PROPAGATORS: Record<string, () => Promise<TextMapPropagator>> = {
  tracecontext: async () => new W3CTraceContextPropagator(),
  baggage: async () => new W3CBaggagePropagator(),
  b3: async () => new (await import('@opentelemetry/propagator-b3')).B3Propagator(),
  b3multi: async () => {
    const { B3InjectEncoding, B3Propagator } = await import('@opentelemetry/propagator-b3');
    return new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
  },
  jaeger: () => fromPackage('@opentelemetry/propagator-jaeger', 'JaegerPropagator'),
  ottrace: () => fromPackage('@opentelemetry/propagator-ot-trace', 'OTTracePropagator'),
  xray: () => fromPackage('@opentelemetry/propagator-aws-xray', 'AWSXRayPropagator'),
};
const NAMES = [...Object.keys(PROPAGATORS), 'none'];

/** Creates the propagators of `OTEL_PROPAGATORS`, restricted by the edge policy and the baggage allow-list. */
export async function createPropagator(settings: TelemetrySettings): Promise<TextMapPropagator> {
  const { edgePolicy, baggageKeys } = settings;
  const propagators = settings.propagators.includes('none') ? [] : await loadOrDefault(settings.propagators);
  const all = new CompositePropagator({ propagators });
  return withBaggageAllowList(createEdgePropagator(all, edgePolicy), baggageKeys);
}

/** Loads propagators. As the specification requires, a variable without a valid value counts as unset. */
async function loadOrDefault(names: readonly string[]): Promise<TextMapPropagator[]> {
  const loaded = await loadAll(names);
  if (loaded.length > 0) return loaded;
  warn(`OTEL_PROPAGATORS has no propagator that can be used; using ${DEFAULT_PROPAGATORS.join(',')}`);
  return await loadAll(DEFAULT_PROPAGATORS);
}

async function loadAll(names: readonly string[]): Promise<TextMapPropagator[]> {
  const loaded = await Promise.all(knownNames('OTEL_PROPAGATORS', names, NAMES).map(load));
  return loaded.filter((one) => one !== undefined);
}

async function load(name: string): Promise<TextMapPropagator | undefined> {
  try {
    return await PROPAGATORS[name]?.();
  } catch (error) {
    warn(
      `OTEL_PROPAGATORS has ${JSON.stringify(name)}, which failed to load; ignoring it: ${messageOf(error)}`,
    );
    return undefined;
  }
}

/** Loads a propagator from a package that users install themselves. */
async function fromPackage(name: string, className: string): Promise<TextMapPropagator> {
  const exported = (await import(name)) as Record<string, new () => TextMapPropagator>;
  return new exported[className]!();
}
