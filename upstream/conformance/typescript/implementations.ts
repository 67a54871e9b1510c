import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import {
  extractContext,
  extractFromEnvironment,
  injectContext,
  processEnvCarrier,
  StrictTraceContextPropagator,
} from '@beyond-headers/propagation';
import { propagation, ROOT_CONTEXT, type Context, type TextMapPropagator } from '@opentelemetry/api';
import { W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { EnvironmentGetter, EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';

type Texts = Record<string, string>;

/** How an implementation reads and writes one kind of carrier with the global propagator. */
interface Carrier {
  /** For `environment`, the caller also sets the fields in the environment of this process. */
  extract(fields: Texts): Context;
  inject(context: Context): Texts;
}

export interface Implementation {
  name: string;
  version: string;
  propagators: Record<'tracecontext' | 'baggage', TextMapPropagator>;
  map: Carrier;
  environment: Carrier;
}

const opentelemetry: Implementation = {
  name: 'opentelemetry-js',
  version: versionOf('@opentelemetry/core'),
  propagators: { tracecontext: new W3CTraceContextPropagator(), baggage: new W3CBaggagePropagator() },
  map: {
    extract: (fields) => propagation.extract(ROOT_CONTEXT, fields),
    inject: (context) => writing((written) => propagation.inject(context, written)),
  },
  environment: {
    extract: () => propagation.extract(ROOT_CONTEXT, undefined, new EnvironmentGetter()),
    inject: (context) =>
      writing((written) => propagation.inject(context, undefined, new EnvironmentSetter(written))),
  },
};

const beyondHeaders: Implementation = {
  name: 'beyond-headers',
  version: versionOf('@beyond-headers/propagation'),
  propagators: { tracecontext: new StrictTraceContextPropagator(), baggage: new W3CBaggagePropagator() },
  map: { extract: extractContext, inject: (context) => injectContext<Texts>(context, {}) },
  environment: {
    extract: () => extractFromEnvironment(),
    inject: (context) => writing((written) => injectContext(context, written, processEnvCarrier)),
  },
};

/** The implementations that this runner tests. */
export const implementations: readonly Implementation[] = [opentelemetry, beyondHeaders];

function writing(write: (written: Texts) => void): Texts {
  const written: Texts = {};
  write(written);
  return written;
}

function versionOf(packageName: string): string {
  const path = findPackageJSON(packageName, import.meta.url);
  if (!path) throw new Error(`Failed to find ${packageName}: expected it to be installed. Run npm ci.`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
