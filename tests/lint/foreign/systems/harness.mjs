// A case plays in real processes, one for each service, each with an SDK of its own: `node bullmq.mjs CASE` starts them one
// after the other. A process writes its spans as one line of OTLP JSON to the file that FOREIGN_OUT names.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { registerInstrumentations } from '@opentelemetry/instrumentation';
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  InMemorySpanExporter,
  RandomIdGenerator,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Of the command line; without a service this process only starts the others, and without a case it lists them. */
export const [caseName = '', service] = process.argv.slice(2);
const exporter = new InMemorySpanExporter();
const random = new RandomIdGenerator();
let fixedTraceId;
const provider = new TracerProvider({
  idGenerator: {
    generateTraceId: () => fixedTraceId ?? random.generateTraceId(),
    generateSpanId: () => random.generateSpanId(),
  },
  resource: resourceFromAttributes({ 'service.name': service ?? 'driver' }),
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
});
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
);
trace.setGlobalTracerProvider(provider);

/** Before what is instrumented is required; an import of it would come first. */
export const instrument = (...instrumentations) =>
  registerInstrumentations({ instrumentations, tracerProvider: provider });

const tracer = trace.getTracer('shop', '1.0.0');

/** Runs the work in a span that is active, ends it, and records a failure. */
export const inSpan = (name, work, options = {}, parent = context.active()) =>
  tracer.startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });

/** The span of a request that came in from outside, as an HTTP server has it. */
export const request = (path, work) =>
  inSpan(`POST ${path}`, work, {
    kind: SpanKind.SERVER,
    attributes: { 'http.request.method': 'POST', 'url.path': path, 'http.response.status_code': 202 },
  });

const messaging = (system, destination, operation, id) => ({
  'messaging.system': system,
  'messaging.destination.name': destination,
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
  ...(id === undefined ? {} : { 'messaging.message.id': String(id) }),
});

/** A PRODUCER by the messaging conventions. `store` gets the carrier to put beside the message and gives the message's id. */
export const send = ({ system, destination }, store) =>
  inSpan(
    `send ${destination}`,
    async (span) => span.setAttribute('messaging.message.id', String(await store(carrierOf()))),
    { kind: SpanKind.PRODUCER, attributes: messaging(system, destination, 'send') },
  );

/** A CONSUMER by the same, under `parent` (default: a root), with links. */
export const consume = ({ system, destination, id, parent = ROOT_CONTEXT, links = [], attributes }, work) =>
  inSpan(
    `process ${destination}`,
    work,
    {
      kind: SpanKind.CONSUMER,
      attributes: { ...messaging(system, destination, 'process', id), ...attributes },
      links,
    },
    parent,
  );

export function carrierOf(ctx = context.active()) {
  const carrier = {};
  propagation.inject(ctx, carrier);
  return carrier;
}

export const contextOf = (carrier) => propagation.extract(ROOT_CONTEXT, carrier ?? {});

export const linkTo = (carrier) => ({ context: trace.getSpanContext(contextOf(carrier)) });

/** Resolves at the n-th call of the `hit` that it gives. */
export function countTo(n) {
  const { promise, resolve } = Promise.withResolvers();
  let hits = 0;
  return { hit: () => void (++hits === n && resolve()), all: promise };
}

/** The work's roots get this trace id, as where it is made from the id of an order or of a run. */
export async function withTraceId(uuid, work) {
  fixedTraceId = uuid.replaceAll('-', '');
  try {
    return await work();
  } finally {
    fixedTraceId = undefined;
  }
}

/** Asks until the answer is something; gives up after half a minute. */
export async function until(ask) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`Gave up waiting for ${ask}`);
}

/**
 * Plays the case of the command line; without one, prints their names. A case has a function for each service. The next
 * starts when the one before has called `ready` or has ended.
 */
export async function play(cases) {
  if (!caseName) return console.log(Object.keys(cases).join('\n'));
  const services = cases[caseName];
  if (!services) throw new Error(`Unknown case ${JSON.stringify(caseName)}.`);
  if (!service) return startAll(Object.keys(services));
  await services[service]({ ready: () => process.send('ready') });
  await writeSpans();
  // Connections that the libraries keep open do not hold up the exit.
  process.exit(0);
}

async function startAll(names) {
  const ends = [];
  for (const name of names) {
    const child = fork(process.argv[1], [caseName, name]);
    const end = once(child, 'exit').then(([code]) => {
      if (code !== 0) throw new Error(`${name} of ${caseName} ended with ${code}`);
    });
    ends.push(end);
    await Promise.race([once(child, 'message'), end]);
  }
  await Promise.all(ends);
}

/** Writes what this process has recorded. `play` does it for its services. */
export async function writeSpans() {
  const spans = exporter.getFinishedSpans();
  if (spans.length === 0) return;
  for (const { events } of spans) {
    // Paths of the machine that recorded it.
    for (const { attributes } of events) if (attributes) delete attributes['exception.stacktrace'];
  }
  const line = Buffer.from(JsonTraceSerializer.serializeRequest(spans)).toString();
  await appendFile(process.env.FOREIGN_OUT, `${line}\n`);
}

/** Path of a file beside this one. */
export const beside = (name) => fileURLToPath(new URL(name, import.meta.url));
export { SpanKind, context, propagation, trace, exporter };
