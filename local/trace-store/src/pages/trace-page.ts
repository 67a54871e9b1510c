import type { Span } from '@beyond-headers/traces';
import { rangeOf, rowsOf, shortId, type NoteRow, type Row, type TraceRow } from '@beyond-headers/traces/draw';
import type { LogLine } from '../store/log-line.ts';
import { maxDrawnSpans, type Family } from './family.ts';
import { html, type Html } from './html.ts';
import { addressOf, anchorOf, type SpanContext } from './span-context.ts';
import { spanView } from './span-view.ts';
import { timeAxis } from './time-axis.ts';

const TONE_SIGNS: Record<NoteRow['tone'], string> = { link: '↩', error: '✕', orphan: '◌', pending: '…' };

/**
 * Renders a trace and the traces that are linked with it, on one time scale. Each row opens to show its span's attributes,
 * events, links, and log lines.
 */
export function tracePage({ trace: { traceId }, spans, isCut }: Family, logs: readonly LogLine[]): Html {
  const range = rangeOf(spans) ?? { startMs: 0, endMs: 1 };
  const services = [...new Set(spans.map(({ service }) => service))].toSorted();
  const context: SpanContext = {
    range,
    services,
    logs: Map.groupBy(logs, ({ spanId }) => spanId),
    shown: new Set(spans.map(anchorOf)),
  };
  return html`<h1>Trace <code>${traceId}</code></h1>
    ${isCut && html`<p class="problem">The trace is large: only its first ${maxDrawnSpans} spans are drawn, and no linked trace.</p>`}
    <p class="ways">
      A row opens its span. The same <a href="/trace/${traceId}?format=text">as text</a> and
      <a href="/api/v3/traces/${traceId}">as JSON</a>.
    </p>
    <div class="waterfall">
      ${timeAxis(range)} ${rowsOf(spans).map((row) => rowView(row, traceId, context))}
    </div>`;
}

/** Renders the page for a trace that the store doesn't have. */
export function noTracePage(id: string): Html {
  return html`<h1>No such trace</h1>
    <p>
      ${noTraceText(id)} The store keeps the newest traces only. <a href="/">See those that are here.</a>
    </p>`;
}

export const noTraceText = (id: string): string => `No trace ${id.slice(0, 64)} is here.`;

function rowView(row: Row<Span>, pageOf: string, context: SpanContext): Html {
  if (row.type === 'trace') return traceHead(row, pageOf);
  if (row.type === 'span') return spanView(row, context);
  return noteView(row, context);
}

function noteView({ tone, text, to }: NoteRow, { shown }: SpanContext): Html {
  const said = to ? html`<a href="${addressOf(to, shown)}">${text}</a>` : text;
  return html`<p class="note ${tone}"><span aria-hidden="true">${TONE_SIGNS[tone]}</span> ${said}</p>`;
}

function traceHead({ traceId, number, of, facts }: TraceRow, pageOf: string): Html {
  const which = of === 1 ? 'Trace' : `Trace ${number} of ${of}`;
  const place =
    traceId === pageOf
      ? of > 1 && html`<span>this page</span>`
      : html`<a href="/trace/${traceId}">its own page</a>`;
  return html`<h2 class="trace" id="${traceId}">
    ${which} <code>${shortId(traceId)}</code> <span class="facts">${facts.join(' · ')}</span> ${place}
  </h2> `;
}
