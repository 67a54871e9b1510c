import { SpanStatusCode, type Attributes, type Span } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import type { ProcessorHooks } from './guarded-processor.ts';

type Recorded = Span & ReadableSpan;

/**
 * Limits what the SDK's limits don't cover: the names of spans, events, and attributes, status messages, lists, and maps. A list
 * or map may hold as much as one text. Otherwise, a bug in a library could create a span that no collector accepts.
 */
export function boundedSpans(maxLength: number): ProcessorHooks {
  const cut = (text: string) => text.slice(0, maxLength);
  return {
    onStart: (span: Recorded) => {
      if (span.name.length > maxLength) span.updateName(cut(span.name));
    },
    onEnding: (span: Recorded) => {
      if (span.name.length > maxLength) span.updateName(cut(span.name));
      const { code, message = '' } = span.status;
      if (code === SpanStatusCode.ERROR && message.length > maxLength) {
        span.setStatus({ code, message: cut(message) });
      }
      for (const event of span.events) event.name = cut(event.name);
      for (const { attributes } of [span, ...span.events, ...span.links]) bound(attributes, maxLength);
    },
  };
}

function bound(attributes: Attributes | undefined, maxLength: number): void {
  if (!attributes) return;
  for (const [name, value] of Object.entries(attributes)) {
    const isLong = name.length > maxLength;
    if (isLong) delete attributes[name];
    if (isLong || typeof value === 'object') {
      attributes[name.slice(0, maxLength)] = bounded(value, { left: maxLength });
    }
  }
}

/** Returns as much of a value as the budget allows. A number counts with the length of its text. */
function bounded(value: unknown, budget: { left: number }): unknown {
  if (typeof value !== 'object' || value === null) {
    const text = String(value);
    const room = Math.max(0, budget.left);
    budget.left -= text.length;
    return typeof value === 'string' ? text.slice(0, room) : value;
  }
  if (value instanceof Uint8Array) {
    budget.left -= value.length;
    return value;
  }
  if (Array.isArray(value)) return takeWhile(value, budget, (item) => bounded(item, budget));
  return Object.fromEntries(
    takeWhile(Object.entries(value), budget, ([key, item]) => {
      const name = bounded(key, budget) as string;
      return [name, bounded(item, budget)] as const;
    }),
  );
}

function takeWhile<T, R>(items: T[], budget: { left: number }, take: (item: T) => R): R[] {
  const taken: R[] = [];
  for (const item of items) {
    if (budget.left <= 0) break;
    taken.push(take(item));
  }
  return taken;
}
