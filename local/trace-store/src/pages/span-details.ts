import type { Attributes, AttributeValue, Span, SpanEvent } from '@beyond-headers/traces';
import { duration, lengthOf, printable } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';
import { html, type Html } from './html.ts';
import { addressOf, type SpanContext } from './span-context.ts';

/** Longer values are truncated. The API returns them whole. */
const MAX_VALUE_LENGTH = 4_000;

/** Renders everything that is known about a span, to be shown under its row. */
export function spanDetails(span: Span, logs: readonly LogLine[], { range, shown }: SpanContext): Html {
  const { startMs } = range;
  return html`<div class="details">
    ${definitions([
      ['service', span.service],
      ['kind', span.kind],
      ['starts after', duration(span.startMs - startMs)],
      ['takes', lengthOf(span)],
      ...(span.status.code === 'ERROR'
        ? [['error', span.status.message ?? 'failed without a message'] as const]
        : []),
      ['trace id', span.traceId],
      ['span id', span.spanId],
      ['parent span id', span.parentSpanId ?? 'none: it is a root'],
      ...span.links.map((link) => ['links to', linkView(link, shown)] as const),
    ])}
    ${logs.length > 0 && logList(logs, startMs)}
    ${Object.keys(span.attributes).length > 0 && section('Attributes', span.attributes)}
    ${span.events.map((event) => eventView(event, startMs))} ${section('Resource', span.resource)}
  </div>`;
}

const linkView = (link: Pick<Span, 'traceId' | 'spanId'>, shown: ReadonlySet<string>): Html =>
  html`<a href="${addressOf(link, shown)}">${link.traceId} / ${link.spanId}</a>`;

function eventView({ name, timeNs, attributes }: SpanEvent, startMs: number): Html {
  const after = duration(Number(timeNs / 1_000n) / 1_000 - startMs);
  return section(`Event “${printable(name)}” after ${after}`, attributes);
}

const GRAVE = ['ERROR', 'FATAL'];

/** Renders the log lines of a span, with times relative to `startMs`. */
function logList(logs: readonly LogLine[], startMs: number): Html {
  return html`<h3>Log lines</h3>
    <ol class="log">
      ${logs.map((line) => lineView(line, startMs))}
    </ol>`;
}

function lineView({ timeMs, severity, body, attributes }: LogLine, startMs: number): Html {
  return html`<li>
    <p class="${GRAVE.includes(severity) && 'failed'}">
      <span class="when">${duration(timeMs - startMs)}</span> <b>${printable(severity)}</b> ${printable(body)}
    </p>
    ${definitions(Object.entries(attributes))}
  </li>`;
}

function section(title: string, attributes: Attributes): Html {
  const entries = Object.entries(attributes).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return html`<h3>${title}</h3>
    ${definitions(entries.map(([name, value]) => [name, textOf(value)]))}`;
}

function definitions(entries: ReadonlyArray<readonly [string, string | Html]>): Html | false {
  if (entries.length === 0) return false;
  return html`<dl>
    ${entries.map(
      ([name, value]) =>
        html`<dt>${printable(name)}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
}

function textOf(value: AttributeValue): string {
  const text = typeof value === 'object' ? JSON.stringify(value, bigintAsText) : String(value);
  return text.slice(0, MAX_VALUE_LENGTH);
}

const bigintAsText = (_key: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
