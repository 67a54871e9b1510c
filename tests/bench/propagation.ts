import {
  annotationsCarrier,
  documentCarrier,
  extractContext,
  injectContext,
  mapCarrier,
  processEnvCarrier,
  StrictTraceContextPropagator,
  v1EnvVarCarrier,
  type Carrier,
  type V1EnvVarLike,
} from '@beyond-headers/propagation';
import {
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  trace,
  type TextMapPropagator,
} from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { compare, measureOne, type Pairs } from './calls/compare.ts';
import type { Pair } from './calls/measure.ts';
import { readContext, readWhole } from './calls/read-whole.ts';

const upstream = w3cWith(new W3CTraceContextPropagator());
const strict = w3cWith(new StrictTraceContextPropagator());

const source = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
});

const PAIRS: Pairs = {
  'inject, document': () => ({ ...inject(documentCarrier), bar: 1.2 }),
  'inject, V1EnvVar[]': () => ({ ...injectEnv(), bar: 1.35 }),
  'inject, annotations': () => inject(annotationsCarrier),
  'inject, process environment': () => inject(processEnvCarrier),
  'inject, map': () => inject(mapCarrier),
  'inject, document, strict': () => inject(documentCarrier, strict),
  'extract, document': () => ({ ...extract(documentCarrier, {}), bar: 1.2 }),
  'extract, V1EnvVar[]': () => extract(v1EnvVarCarrier, []),
  'extract, annotations': () => extract(annotationsCarrier, {}),
  'extract, process environment': () => extract(processEnvCarrier, {}),
  'extract, map': () => extract(mapCarrier, {}),
  'extract, document, strict': () => extract(documentCarrier, {}, strict),
};

/** Compares inject and extract of each carrier with upstream's calls on a plain object. Fails above a bar. */
export async function run(): Promise<void> {
  console.log("Each against upstream's call with a plain object:");
  if (!(await compare(import.meta.filename, PAIRS))) process.exitCode = 1;
}

function w3cWith(propagator: TextMapPropagator): TextMapPropagator {
  return new CompositePropagator({ propagators: [propagator, new W3CBaggagePropagator()] });
}

const use = (propagator: TextMapPropagator) => () => {
  propagation.disable();
  propagation.setGlobalPropagator(propagator);
};

function inject(carrier: Carrier<Record<string, string>>, propagator = upstream): Pair {
  return {
    base: { prepare: use(upstream), call: injectUpstream },
    candidate: { prepare: use(propagator), call: () => readFields(injectContext(source, {}, carrier)) },
  };
}

function injectUpstream(): void {
  const carrier: Record<string, string> = {};
  propagation.inject(source, carrier);
  readFields(carrier);
}

function readFields(carrier: Record<string, string>): void {
  for (const field in carrier) readWhole(field, carrier[field] ?? '');
}

function injectEnv(): Pair {
  return {
    base: { prepare: use(upstream), call: injectUpstream },
    candidate: {
      prepare: use(upstream),
      call() {
        for (const { name, value = '' } of injectContext<V1EnvVarLike[]>(source, [], v1EnvVarCarrier))
          readWhole(name, value);
      },
    },
  };
}

function extract<C>(carrier: Carrier<C>, filled: C, propagator = upstream): Pair {
  const plain: Record<string, string> = {};
  upstream.inject(source, plain, defaultTextMapSetter);
  upstream.inject(source, filled, carrier);
  return {
    base: { prepare: use(upstream), call: () => readContext(propagation.extract(ROOT_CONTEXT, plain)) },
    candidate: { prepare: use(propagator), call: () => readContext(extractContext(filled, carrier)) },
  };
}

if (import.meta.main) await measureOne(PAIRS);
