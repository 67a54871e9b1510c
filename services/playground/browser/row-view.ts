import {
  printable,
  shortId,
  type NoteRow,
  type Row,
  type SpanRow,
  type TraceRow,
} from '@beyond-headers/traces/draw';
import { serviceClass } from '../view/services.ts';
import type { SpanView } from '../view/types.ts';
import { badge } from './badge.ts';
import { barCell, type Bars } from './bar-view.ts';
import { h } from './dom.ts';

/** The maximum depth that is indented. Beyond it, names would have no room. Screen readers still get the level. */
export const MAX_INDENT = 12;
/** The style sheet has this many backgrounds for traces. Further traces repeat them. */
const MAX_GROUNDS = 4;
/** The number of digits that are shown of an order's id. The ids differ at their end. */
const ORDER_DIGITS = 6;
const TONE_SIGNS: Record<NoteRow['tone'], string> = { link: '↩', error: '✕', orphan: '◌', pending: '…' };

/** Renders a row of the waterfall. */
export function rowView(row: Row<SpanView>, bars: Bars): HTMLElement {
  if (row.type === 'trace') return traceView(row);
  return row.type === 'note' ? noteView(row) : spanView(row, bars);
}

function traceView({ number, of, traceId, facts, isCollapsed }: TraceRow): HTMLElement {
  const link = h(
    'a',
    { href: traceUrl(traceId), target: '_blank', rel: 'noreferrer', tabindex: -1 },
    h('span', { class: 'wide' }, 'open in '),
    'Jaeger',
    h('span', { 'aria-hidden': 'true' }, ' ↗'),
  );
  const cell = h(
    'div',
    { role: 'gridcell', class: 'trace-cell' },
    toggleView(true, isCollapsed),
    number > 1 && h('span', { class: 'scissors', 'aria-hidden': 'true' }, '✂'),
    h('b', {}, of === 1 ? 'Trace' : `Trace ${number} of ${of}`),
    h('code', {}, shortId(traceId)),
    h('span', { class: 'facts' }, facts.join(' · ')),
    link,
  );
  return anyRow('trace-row', 1, number, { 'aria-expanded': String(!isCollapsed) }, cell);
}

/** Renders a row of a level in the tree, and of the trace with a number. */
function anyRow(
  className: string,
  level: number,
  trace: number,
  props: Parameters<typeof h>[1],
  ...cells: HTMLElement[]
): HTMLElement {
  const ground = ((trace - 1) % MAX_GROUNDS) + 1;
  const own = { class: `row ${className}`, role: 'row', 'aria-level': level, 'data-trace': ground };
  return h('div', { ...own, ...props }, ...cells);
}

/** Returns the URL of the trace in the trace UI. Ids are hex digits, so no text of a sender gets into the URL. */
export function traceUrl(traceId: string): string {
  return `${document.documentElement.dataset['tracesUrl'] ?? ''}/trace/${traceId}`;
}

function noteView({ depth, tone, text, trace }: NoteRow): HTMLElement {
  const cell = h(
    'div',
    { role: 'gridcell', class: 'note-cell' },
    h('span', { 'aria-hidden': 'true' }, TONE_SIGNS[tone]),
    h('span', { class: 'note-text', title: text }, text),
  );
  cell.style.setProperty('--depth', String(Math.min(depth, MAX_INDENT)));
  return anyRow(`note-row note-${tone}`, depth + 2, trace, {}, cell);
}

function spanView(row: SpanRow<SpanView>, bars: Bars): HTMLElement {
  const { span, depth, hasChildren, isCollapsed } = row;
  const className = `span-row ${serviceClass(span.service)}${hasFailed(row) ? ' failed' : ''}`;
  const props = {
    'aria-posinset': row.position,
    'aria-setsize': row.siblings,
    'aria-expanded': hasChildren ? String(!isCollapsed) : undefined,
  };
  return anyRow(className, depth + 2, row.trace, props, nameCell(row), barCell(row, bars));
}

/** Reports whether the span, or any span of its folded branch, has failed. */
const hasFailed = (row: SpanRow): boolean => row.hasFailed || row.folded?.hasFailed === true;

function nameCell(row: SpanRow): HTMLElement {
  const { span, depth, hasChildren, isCollapsed, attempt, target } = row;
  const name = (printable(span.name) || '(no name)') + (target ? ` → ${printable(target)}` : '');
  const cell = h(
    'div',
    { role: 'gridcell', class: 'name-cell' },
    toggleView(hasChildren, isCollapsed),
    badge(span.service),
    h('span', { class: 'hidden' }, `${printable(span.service)} ${span.kind} `),
    hasFailed(row) && h('span', { class: 'mark-failed' }, '✕', h('span', { class: 'hidden' }, ' failed ')),
    h('span', { class: 'name', title: `${printable(span.service)} · ${span.kind} · ${name}` }, name),
    chipOf(row) !== undefined && h('span', { class: attempt ? 'attempt' : 'order' }, chipOf(row)),
  );
  cell.style.setProperty('--depth', String(Math.min(depth, MAX_INDENT)));
  return cell;
}

/** Returns what distinguishes a row from others with the same name: the number of the attempt, or the order of a folded branch. */
export function chipOf({ attempt, folded }: SpanRow): string | undefined {
  if (attempt !== undefined) return `attempt ${attempt}`;
  return folded?.order && `…${printable(folded.order.slice(-ORDER_DIGITS))}`;
}

function toggleView(hasChildren: boolean, isCollapsed: boolean): HTMLElement {
  const sign = isCollapsed ? '▸' : '▾';
  return h(
    'span',
    { class: hasChildren ? 'toggle' : 'no-toggle', 'aria-hidden': 'true' },
    hasChildren && sign,
  );
}
