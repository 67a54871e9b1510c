// A case runs in real processes, one for each service, each with its own SDK. `node bullmq.mjs CASE` starts them one after the other. A
// process appends its spans as one line of OTLP JSON to the file that FOREIGN_OUT names.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
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

/** From the command line. Without a service, this process only starts the services. Without a case, it lists the cases. */
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

/** Must be called before the instrumented module is required. An import of the module would be evaluated too early. */
export const instrument = (...instrumentations) =>
  registerInstrumentations({ instrumentations, tracerProvider: provider });

const tracer = trace.getTracer('shop', '1.0.0');

/** Runs the work in an active span, ends the span, and records a failure. */
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

/** Runs the work in the span of a request from outside, as an HTTP server does. */
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

/**
 * Runs `store` in a PRODUCER span, according to the semantic conventions for messaging. `store` gets the carrier to store with the message,
 * and resolves with the message's id.
 */
export const send = ({ system, destination }, store) =>
  inSpan(
    `send ${destination}`,
    async (span) => span.setAttribute('messaging.message.id', String(await store(carrierOf()))),
    { kind: SpanKind.PRODUCER, attributes: messaging(system, destination, 'send') },
  );

/** Runs the work in a CONSUMER span, according to the same conventions. By default, the span is a root. */
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

/** Returns `hit`, and a promise `all` that resolves at its n-th call. */
export function countTo(n) {
  const { promise, resolve } = Promise.withResolvers();
  let hits = 0;
  return { hit: () => void (++hits === n && resolve()), all: promise };
}

/** Gives the root spans of the work a trace id that is derived from the id of an order or a run. */
export async function withTraceId(uuid, work) {
  fixedTraceId = uuid.replaceAll('-', '');
  try {
    return await work();
  } finally {
    fixedTraceId = undefined;
  }
}

/** Calls `ask` until it resolves with a truthy value. Throws after half a minute. */
export async function until(ask) {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer) return answer;
    await delay(50);
  }
  throw new Error(`Gave up waiting for ${ask}`);
}

/**
 * Plays the case that the command line names. Without a case, prints the names of all. A case has a function for each service. A service
 * starts when the previous one has called `ready` or has ended.
 */
export async function play(cases) {
  if (!caseName) return console.log(Object.keys(cases).join('\n'));
  const services = cases[caseName];
  if (!services) throw new Error(`Unknown case ${JSON.stringify(caseName)}.`);
  if (!service) return startAll(Object.keys(services));
  await services[service]({ ready: () => process.send('ready') });
  await writeSpans();
  // Exits even if libraries keep connections open.
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

/** Writes the spans that this process has recorded. `play` calls it for its services. */
export async function writeSpans() {
  const spans = exporter.getFinishedSpans();
  if (spans.length === 0) return;
  for (const { events } of spans) {
    // Stack traces contain paths of the machine that records them.
    for (const { attributes } of events) if (attributes) delete attributes['exception.stacktrace'];
  }
  const line = Buffer.from(JsonTraceSerializer.serializeRequest(spans)).toString();
  await appendFile(process.env.FOREIGN_OUT, `${line}\n`);
}

export { SpanKind, context, propagation, trace, exporter };
