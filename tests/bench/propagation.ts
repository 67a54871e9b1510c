import {
  ANNOTATION_PREFIX,
  annotationsCarrier,
  documentCarrier,
  extractContext,
  injectContext,
  mapCarrier,
  processEnvCarrier,
  StrictTraceContextPropagator,
  v1EnvVarCarrier,
  type Carrier,
  type HeaderMap,
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
import { compare, type Measured } from './compare.ts';

const upstream = new CompositePropagator({
  propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()],
});
const strict = new CompositePropagator({
  propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()],
});

const spanContext = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: 1,
};
const source = trace.setSpanContext(ROOT_CONTEXT, spanContext);

const ANNOTATION = `${ANNOTATION_PREFIX}traceparent`;
const LAST_CHARACTER = 54;
// Kept, so that the optimiser cannot drop the reading.
export let lastRead: string | undefined;

/** Measures inject and extract of each carrier against upstream's call into a plain object, and fails above a bar. */
export async function run(): Promise<void> {
  const inject = {
    name: 'inject, upstream, plain object',
    before: () => use(upstream),
    fn: () => read(injectUpstream()),
  };
  const filled: Record<string, string> = {};
  upstream.inject(source, filled, defaultTextMapSetter);
  const extract = {
    name: 'extract, upstream, plain object',
    before: () => use(upstream),
    fn: () => void propagation.extract(ROOT_CONTEXT, filled),
  };
  const withinBars = [await compare(inject, injects()), await compare(extract, extracts())];
  if (withinBars.includes(false)) process.exitCode = 1;
}

function use(propagator: TextMapPropagator): void {
  propagation.disable();
  propagation.setGlobalPropagator(propagator);
}

function injectUpstream(): Record<string, string> {
  const carrier = {};
  propagation.inject(source, carrier);
  return carrier;
}

function injects(): Measured[] {
  return [
    { name: 'inject, document', bar: 1.2, fn: () => read(injectContext(source, {}, documentCarrier)) },
    {
      name: 'inject, V1EnvVar[]',
      bar: 1.5,
      fn: () => readVariable(injectContext(source, [], v1EnvVarCarrier)),
    },
    {
      name: 'inject, annotations',
      fn: () => read(injectContext(source, {}, annotationsCarrier), ANNOTATION),
    },
    {
      name: 'inject, process environment',
      fn: () => read(injectContext(source, {}, processEnvCarrier), 'TRACEPARENT'),
    },
    { name: 'inject, map', fn: () => read(injectContext(source, {}, mapCarrier)) },
    {
      name: 'inject, document, strict',
      before: () => use(strict),
      fn: () => read(injectContext(source, {})),
    },
  ];
}

// V8 puts a string together when it is first read. The setters that look for a `$` or a NUL read it, upstream's does not, so
// that each call ends with one character read: what is measured is a value that can be sent.
function read(carrier: HeaderMap, name = 'traceparent'): void {
  lastRead = carrier[name]?.at(LAST_CHARACTER);
}

function readVariable([variable]: V1EnvVarLike[]): void {
  lastRead = variable?.value?.at(LAST_CHARACTER);
}

function extracts(): Measured[] {
  return [
    { ...extracting('document', documentCarrier, {}), bar: 1.2 },
    extracting('V1EnvVar[]', v1EnvVarCarrier, []),
    extracting('annotations', annotationsCarrier, {}),
    extracting('process environment', processEnvCarrier, {}),
    extracting('map', mapCarrier, {}),
    { ...extracting('document, strict', documentCarrier, {}), before: () => use(strict) },
  ];
}

function extracting<C>(name: string, carrier: Carrier<C>, empty: C): Measured {
  upstream.inject(source, empty, carrier);
  return { name: `extract, ${name}`, fn: () => void extractContext(empty, carrier) };
}
