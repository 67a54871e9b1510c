import {
  duration,
  lengthOf,
  placeIn,
  precisionOf,
  printable,
  shortId,
  type NoteRow,
  type Row,
  type SpanRow,
  type TimeRange,
  type TraceRow,
} from '@beyond-headers/traces/draw';
import { serviceClass } from '../view/services.ts';
import { badge } from './badge.ts';
import { h } from './dom.ts';

/** Beyond this depth names would have no room; screen readers still get the level. */
const MAX_INDENT = 12;
const MAX_GROUNDS = 4;
/** From this share of the width on, the duration stands left of the bar's end, inside the row. */
const LABEL_FLIP_PERCENT = 82;
const TONE_SIGNS: Record<NoteRow['tone'], string> = { link: '↩', error: '✕', orphan: '◌', pending: '…' };

/** One line of the waterfall. */
export function rowView(row: Row, visible: TimeRange): HTMLElement {
  if (row.type === 'trace') return traceView(row);
  return row.type === 'note' ? noteView(row) : spanView(row, visible);
}

function traceView({ number, of, traceId, facts }: TraceRow): HTMLElement {
  return h(
    'div',
    { class: 'row trace-row', role: 'row', 'aria-level': 1, 'data-trace': shownNumber(number) },
    h(
      'div',
      { role: 'gridcell', class: 'trace-cell' },
      number > 1 && h('span', { class: 'scissors', 'aria-hidden': 'true' }, '✂'),
      h('b', {}, of === 1 ? 'Trace' : `Trace ${number} of ${of}`),
      h('code', {}, shortId(traceId)),
      h('span', { class: 'facts' }, facts.join(' · ')),
      h(
        'a',
        { href: traceUrl(traceId), target: '_blank', rel: 'noreferrer', tabindex: -1 },
        'open in Jaeger',
        h('span', { 'aria-hidden': 'true' }, ' ↗'),
      ),
    ),
  );
}

/** The trace's page in the trace UI. Ids are hex digits, so nothing of a sender's gets into the address. */
export function traceUrl(traceId: string): string {
  return `${document.documentElement.dataset['tracesUrl'] ?? ''}/trace/${traceId}`;
}

/** The style sheet has grounds for four traces. */
const shownNumber = (number: number): number => ((number - 1) % MAX_GROUNDS) + 1;

function noteView({ depth, tone, text, trace }: NoteRow): HTMLElement {
  const cell = h(
    'div',
    { role: 'gridcell', class: 'note-cell' },
    h('span', { 'aria-hidden': 'true' }, TONE_SIGNS[tone]),
    h('span', { class: 'note-text', title: text }, text),
  );
  cell.style.setProperty('--depth', String(Math.min(depth, MAX_INDENT)));
  return h(
    'div',
    {
      class: `row note-row note-${tone}`,
      role: 'row',
      'aria-level': depth + 2,
      'data-trace': shownNumber(trace),
    },
    cell,
  );
}

function spanView(row: SpanRow, visible: TimeRange): HTMLElement {
  const { span, depth, hasChildren, isCollapsed } = row;
  const element = h(
    'div',
    {
      class: ['row span-row', serviceClass(span.service), row.hasFailed && 'failed']
        .filter(Boolean)
        .join(' '),
      role: 'row',
      'aria-level': depth + 2,
      'data-trace': shownNumber(row.trace),
      'aria-posinset': row.position,
      'aria-setsize': row.siblings,
      'aria-expanded': hasChildren ? String(!isCollapsed) : undefined,
    },
    nameCell(row),
    barCell(row, visible),
  );
  return element;
}

function nameCell({ span, depth, hasFailed, hasChildren, isCollapsed, attempt }: SpanRow): HTMLElement {
  const name = printable(span.name) || '(no name)';
  const cell = h(
    'div',
    { role: 'gridcell', class: 'name-cell' },
    h(
      'span',
      { class: hasChildren ? 'toggle' : 'no-toggle', 'aria-hidden': 'true' },
      hasChildren ? (isCollapsed ? '▸' : '▾') : '',
    ),
    badge(span.service),
    h('span', { class: 'hidden' }, `${printable(span.service)} ${span.kind} `),
    hasFailed && h('span', { class: 'mark-failed' }, '✕', h('span', { class: 'hidden' }, ' failed ')),
    h('span', { class: 'name', title: `${printable(span.service)} · ${span.kind} · ${name}` }, name),
    attempt !== undefined && h('span', { class: 'attempt' }, `attempt ${attempt}`),
  );
  cell.style.setProperty('--depth', String(Math.min(depth, MAX_INDENT)));
  return cell;
}

function barCell({ span, isWaiting, waitsFromMs }: SpanRow, visible: TimeRange): HTMLElement {
  const place = placeIn(visible, span.startMs, span.endMs);
  const isRough = precisionOf(span) !== undefined;
  const bar = h('span', {
    class: ['bar', isWaiting && 'waiting', isRough && 'rough'].filter(Boolean).join(' '),
  });
  bar.style.left = `${place.left}%`;
  bar.style.width = `max(3px, ${place.width}%)`;
  const label = h('span', { class: 'length' }, lengthLabel(span));
  placeLabel(label, place);
  const gap = gapView(waitsFromMs, span.startMs, visible);
  return h('div', { role: 'gridcell', class: 'bar-cell' }, ...gap, bar, label);
}

/** How long the span took, and how the pod ended that it observed. */
function lengthLabel(span: SpanRow['span']): string {
  const { 'demo.job.reason': reason, 'process.exit.code': code } = span.attributes;
  if (typeof reason !== 'string') return lengthOf(span);
  const end = Number(code) > 0 ? `${reason} (${Number(code)})` : reason;
  return `${lengthOf(span)} · ${printable(end)}`;
}

/** Behind the bar, or where there is no room before it, or where there is none either on its end. */
function placeLabel(label: HTMLElement, { left, width }: { left: number; width: number }): void {
  const end = left + width;
  if (end <= LABEL_FLIP_PERCENT) label.style.left = `calc(${end}% + 6px)`;
  else if (left >= 100 - LABEL_FLIP_PERCENT) label.style.right = `calc(${100 - left}% + 5px)`;
  else {
    label.classList.add('inside');
    label.style.right = `${Math.max(0, 100 - end)}%`;
  }
}

/** From this share of the width on there is room to say how long a gap is. */
const GAP_LABEL_PERCENT = 22;

function gapView(fromMs: number | undefined, toMs: number, visible: TimeRange): HTMLElement[] {
  if (fromMs === undefined) return [];
  const { left, width } = placeIn(visible, fromMs, toMs);
  const text = `waits ${duration(toMs - fromMs)}`;
  const gap = h('span', { class: 'gap', title: text }, width > GAP_LABEL_PERCENT && h('span', {}, text));
  gap.style.left = `${left}%`;
  gap.style.width = `${width}%`;
  return [gap];
}
