import { createHash } from 'node:crypto';
import type { Attributes } from '@opentelemetry/api';
import { resourceFromAttributes, type Resource } from '@opentelemetry/resources';
import {
  TracerProvider,
  type IdGenerator,
  type SpanLimits,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace';
import type { DerivedSpan } from './derived-span.ts';

/** Matches attributes that describe one run of the process. A span that any run may record must not have them. */
const PER_PROCESS = /^(service\.instance\.id|host\.|process\.|k8s\.(pod|node|container)\.)/;

/** Returns a function that records derived spans through processors that another provider owns and shuts down. */
export function derivedSpanRecorder(parts: {
  resource: Resource;
  processors: SpanProcessor[];
  spanLimits?: SpanLimits;
}): (span: DerivedSpan) => void {
  const ids = new DerivedIds();
  const provider = new TracerProvider({
    resource: resourceFromAttributes(withoutProcess(parts.resource.attributes)),
    spanProcessors: parts.processors,
    ...(parts.spanLimits && { spanLimits: parts.spanLimits }),
    idGenerator: ids,
  });
  const tracer = provider.getTracer('beyond-headers');
  return ({ key, traceKey = key, name, context, endTime, events, status, ...options }) => {
    Object.assign(ids, { key, traceKey });
    const span = tracer.startSpan(name, options, context);
    for (const { name: eventName, attributes, time } of events) span.addEvent(eventName, attributes, time);
    if (status) span.setStatus(status);
    span.end(endTime);
  };
}

/** Generates IDs that depend only on the key. The SDK generates IDs synchronously when a span starts, so one slot is enough. */
class DerivedIds implements IdGenerator {
  key = '';
  traceKey = '';

  generateTraceId(): string {
    return hash(`trace/${this.traceKey}`).slice(0, 32);
  }

  generateSpanId(): string {
    return hash(`span/${this.key}`).slice(0, 16);
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function withoutProcess(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !PER_PROCESS.test(name)));
}
