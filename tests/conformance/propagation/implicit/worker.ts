import { workerData } from 'node:worker_threads';
import { trace } from '@opentelemetry/api';

const { traceId } = trace.getTracer('worker').startSpan('work').spanContext();
Buffer.from(workerData as SharedArrayBuffer).write(traceId);
