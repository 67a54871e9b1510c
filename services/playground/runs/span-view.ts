import type { Attributes, AttributeValue, Span } from '@beyond-headers/traces';
import type { SpanView } from '../view/types.ts';

/** Longer values are truncated, because the page is not an archive. */
const MAX_VALUE_LENGTH = 4_000;

/** The attributes of the resource that identify the process. Others are left out. */
const SHOWN_RESOURCE = /^(k8s\.|service\.|host\.name|process\.pid)/;

/** Converts a span for the page, with every value as text. */
export function toSpanView(span: Span): SpanView {
  const { traceId, spanId, parentSpanId, name, kind, service, startMs, endMs, status } = span;
  const resource = Object.entries(span.resource).filter(([key]) => SHOWN_RESOURCE.test(key));
  return {
    traceId,
    spanId,
    ...(parentSpanId && { parentSpanId }),
    name,
    kind,
    service,
    startMs,
    endMs,
    status,
    attributes: asText(span.attributes),
    resource: asText(Object.fromEntries(resource)),
    links: span.links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
    events: span.events.map((event) => ({
      name: event.name,
      timeMs: Number(event.timeNs / 1_000n) / 1_000,
      attributes: asText(event.attributes),
    })),
  };
}

function asText(attributes: Attributes): Record<string, string> {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, valueText(value)]));
}

function valueText(value: AttributeValue): string {
  const text = typeof value === 'object' ? JSON.stringify(value, bigintAsText) : String(value);
  return text.slice(0, MAX_VALUE_LENGTH);
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
