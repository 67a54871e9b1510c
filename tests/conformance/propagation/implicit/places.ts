// A program that doesn't import the library. It starts a span in every place where work starts, and prints their trace ids.
import { EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { context, ROOT_CONTEXT, trace, type SpanOptions } from '@opentelemetry/api';

const traceIds: Record<string, string> = {};

function note(place: string, options: SpanOptions = {}): void {
  const span = trace.getTracer('program').startSpan(place, options);
  traceIds[place] = span.spanContext().traceId;
  span.end();
}

note('top level');
process.nextTick(() => note('next tick'));
setImmediate(() => note('immediate'));
setTimeout(() => note('timer'), 1);
queueMicrotask(() => note('microtask'));

await delay(2);
note('after top-level await');

const emitter = new EventEmitter();
emitter.on('work', () => note('listener'));
emitter.emit('work');

const fromWorker = new SharedArrayBuffer(32);
await once(new Worker(new URL('./worker.ts', import.meta.url), { workerData: fromWorker }), 'exit');
traceIds.worker = Buffer.from(fromWorker).toString();

note('own root', { root: true });
context.with(ROOT_CONTEXT, () => note('chosen root'));
console.log(JSON.stringify(traceIds));
