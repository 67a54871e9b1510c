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
import { Bench } from 'tinybench';
import { median, spread } from './statistics.ts';

const ROUNDS = 5;
const ROUND_MS = 200;

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

interface Measured {
  name: string;
  /** Highest ratio to upstream's call into a plain object that is accepted; unset: only shown. */
  bar?: number;
  propagator?: TextMapPropagator;
  fn: () => void;
}

/** Measures inject and extract of each carrier against upstream's call into a plain object, and fails above a bar. */
export async function run(): Promise<void> {
  const inject = { name: 'inject, upstream, plain object', fn: () => read(injectUpstream()) };
  const filled: Record<string, string> = {};
  upstream.inject(source, filled, defaultTextMapSetter);
  const extract = {
    name: 'extract, upstream, plain object',
    fn: () => void propagation.extract(ROOT_CONTEXT, filled),
  };
  const withinBars = [await compare(inject, injects()), await compare(extract, extracts())];
  if (withinBars.includes(false)) process.exitCode = 1;
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
    { name: 'inject, document, strict', propagator: strict, fn: () => read(injectContext(source, {})) },
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
    { ...extracting('document, strict', documentCarrier, {}), propagator: strict },
  ];
}

function extracting<C>(name: string, carrier: Carrier<C>, empty: C): Measured {
  upstream.inject(source, empty, carrier);
  return { name: `extract, ${name}`, fn: () => void extractContext(empty, carrier) };
}

/** Runs base and candidates in turn, round by round, so that a slow moment of the machine hits both. */
async function compare(base: Measured, candidates: Measured[]): Promise<boolean> {
  const ratios = new Map<Measured, number[]>(candidates.map((candidate) => [candidate, []]));
  await measure(base);
  for (let round = 0; round < ROUNDS; round++)
    for (const candidate of candidates) {
      const [reference, candidateNs] = [await measure(base), await measure(candidate)];
      ratios.get(candidate)?.push(candidateNs / reference);
    }
  console.log(`${base.name}: ${(await measure(base)).toFixed(0)} ns`);
  return candidates.map((candidate) => report(candidate, ratios.get(candidate) ?? [])).every(Boolean);
}

/** Nanoseconds of one call: the median of one round. */
async function measure({ name, propagator = upstream, fn }: Measured): Promise<number> {
  propagation.setGlobalPropagator(propagator);
  const bench = new Bench({ time: ROUND_MS, warmupTime: ROUND_MS / 4 });
  // A call takes less than the clock's own cost: a thousand of them are measured as one.
  bench.add(name, () => {
    for (let index = 0; index < 1000; index++) fn();
  });
  await bench.run();
  propagation.disable();
  const result = bench.tasks[0]?.result;
  if (!result || !('latency' in result)) throw new Error(`Failed to measure ${name}.`);
  return result.latency.p50 * 1000;
}

function report({ name, bar }: Measured, ratios: number[]): boolean {
  const ratio = median(ratios);
  const isWithin = bar === undefined || ratio <= bar;
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${isWithin ? 'held' : 'MISSED'}`;
  console.log(`  ${name}: ${ratio.toFixed(2)}× (${spread(ratios)} in ${ratios.length} rounds)${verdict}`);
  return isWithin;
}
