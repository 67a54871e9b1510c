import type { Span } from '@beyond-headers/traces';
import {
  counted,
  lengthOf,
  placeIn,
  precisionOf,
  printable,
  type SpanRow,
  type TimeRange,
} from '@beyond-headers/traces/draw';
import { html, type Html } from './html.ts';
import { anchorOf, type SpanContext } from './span-context.ts';
import { spanDetails } from './span-details.ts';

/** The maximum depth that is indented. Beyond it, names would have no room. */
const MAX_INDENT = 14;
const INDENT_PX = 11;
const COLORS = 6;

/** Renders a span as a row that opens to show its details. */
export function spanView(row: SpanRow<Span>, context: SpanContext): Html {
  const { span, hasFailed } = row;
  const logs = (context.logs.get(span.spanId) ?? []).filter(({ traceId }) => traceId === span.traceId);
  return html`<details
    class="span color-${colorOf(span, context)} ${hasFailed && 'failed'}"
    id="${anchorOf(span)}"
  >
    <summary>
      ${nameOf(row, logs.length)}${bar(row, context.range)}<span class="length">${lengthOf(span)}</span>
    </summary>
    ${spanDetails(span, logs, context)}
  </details>`;
}

function nameOf({ span, depth, isOrphan, hasFailed, attempt }: SpanRow<Span>, logs: number): Html {
  const indent = Math.min(depth, MAX_INDENT) * INDENT_PX;
  const marks = [
    isOrphan && mark('orphan'),
    attempt !== undefined && mark(`attempt ${attempt}`),
    hasFailed && mark('failed'),
    logs > 0 && mark(counted(logs, 'log line')),
  ];
  return html`<span class="name">
    <svg class="indent" width="${indent}" height="1" aria-hidden="true"></svg>
    <b class="service">${printable(span.service)}</b> ${printable(span.name) || '(no name)'} ${marks}
  </span>`;
}

const mark = (text: string): Html => html` <i class="mark">${text}</i>`;

const colorOf = ({ service }: Span, { services }: SpanContext): number => services.indexOf(service) % COLORS;

function bar({ span, isWaiting, waitsFromMs }: SpanRow<Span>, range: TimeRange): Html {
  const { left, width } = placeIn(range, span.startMs, span.endMs);
  const style = isWaiting ? 'wait' : precisionOf(span) === undefined ? 'work' : 'rough';
  return html`<svg class="bar" aria-hidden="true">
    ${waitsFromMs !== undefined && gap(placeIn(range, waitsFromMs, span.startMs))}
    <rect
      class="${style}"
      x="${percent(left)}"
      width="${percent(Math.max(width, 0.4))}"
      y="20%"
      height="60%"
      rx="2"
    ></rect>
  </svg>`;
}

const gap = ({ left, width }: { left: number; width: number }): Html =>
  html`<line class="gap" x1="${percent(left)}" x2="${percent(left + width)}" y1="50%" y2="50%"></line>`;

const percent = (share: number): string => `${share.toFixed(3)}%`;
