import {
  counted,
  duration,
  lengthOf,
  precisionOf,
  printable,
  type Cut,
  type SpanRow,
  type TimeRange,
} from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';
import { h } from './dom.ts';
import { cutViews, placedOn, putAt, type Place } from './placed.ts';
import type { TimeScale } from './time-window.ts';

/** The width of a character of a label, and of the space around the label. Both are estimates on the large side. */
const CHARACTER_PX = 7.2;
const PADDING_PX = 14;

/** The scale of the bars, and its width in pixels. */
export interface Bars {
  scale: TimeScale;
  widthPx: number;
}

/** Renders the time of a span: its bar, the wait before it, and the length of both. */
export function barCell(row: SpanRow<SpanView>, bars: Bars): HTMLElement {
  const place = placedOn(bars.scale, row.span);
  const shown = row.folded ? placedOn(bars.scale, row.folded) : place;
  const wait = waitOf(row, bars);
  const cell = h('div', { role: 'gridcell', class: 'bar-cell' }, wait.gap);
  if (row.folded && typeof shown !== 'string') cell.append(barView('bar branch', shown));
  if (typeof place !== 'string')
    cell.append(
      barView(classOf(row), place),
      ...cutViews(bars.scale, 'break', cutsIn(row.folded ?? row.span, bars.scale)),
    );
  const text = [wait.text, lengthLabel(row)].filter(Boolean).join(' · ');
  cell.append(typeof shown === 'string' ? elsewhere(shown, text) : labelView(text, shown, bars.widthPx));
  return cell;
}

function classOf({ span, isWaiting }: SpanRow): string {
  const isRough = precisionOf(span) !== undefined;
  return ['bar', isWaiting && 'waiting', isRough && 'rough'].filter(Boolean).join(' ');
}

function barView(className: string, place: Place): HTMLElement {
  const bar = h('span', { class: className });
  putAt(bar, place);
  return bar;
}

function cutsIn({ startMs, endMs }: TimeRange, { cuts }: TimeScale): Cut[] {
  return cuts.filter((cut) => startMs < cut.endMs && endMs > cut.startMs);
}

/** Returns how long the span took, and how the pod that it observed ended. For a folded branch, returns its length and number of spans. */
function lengthLabel({ span, folded }: SpanRow): string {
  const { 'demo.job.reason': reason, 'process.exit.code': code } = span.attributes;
  if (folded) return `${duration(folded.endMs - folded.startMs)} · ${counted(folded.spans + 1, 'span')}`;
  if (typeof reason !== 'string') return lengthOf(span);
  const end = Number(code) > 0 ? `${reason} (${Number(code)})` : reason;
  return `${lengthOf(span)} · ${printable(end)}`;
}

/** Renders the label of a span that is out of sight, with an arrow to its side. */
function elsewhere(side: 'before' | 'after', text: string): HTMLElement {
  return h('span', { class: `length ${side}` }, side === 'before' ? `‹ ${text}` : `${text} ›`);
}

/** Puts the label after the bar. If there is no room, puts it before the bar, or else on the end of the bar. */
function labelView(text: string, { left, width }: Place, widthPx: number): HTMLElement {
  const label = h('span', { class: 'length' }, text);
  const roomPx = text.length * CHARACTER_PX + PADDING_PX;
  const pixels = (percent: number) => (percent / 100) * widthPx;
  const end = left + width;
  if (pixels(100 - end) >= roomPx) label.style.left = `calc(max(${left}% + 3px, ${end}%) + 6px)`;
  else if (pixels(left) >= roomPx) label.style.right = `calc(${100 - left}% + 5px)`;
  else {
    label.classList.add('inside');
    label.style.right = `min(${Math.max(0, 100 - end)}%, 100% - ${roomPx}px)`;
  }
  return label;
}

/** A wait that is drawn narrower than this gets no text. */
const MIN_WAIT_PX = 30;

interface Wait {
  gap: HTMLElement | false;
  /** The text for the label, if the wait itself has no room for it. */
  text: string;
}

function waitOf({ span, waitsFromMs }: SpanRow<SpanView>, { scale, widthPx }: Bars): Wait {
  if (waitsFromMs === undefined) return { gap: false, text: '' };
  const wait = { startMs: waitsFromMs, endMs: span.startMs };
  const text = `waits ${duration(wait.endMs - wait.startMs)}`;
  const isCut = cutsIn(wait, scale).length > 0;
  const place = placedOn(scale, wait);
  if (typeof place === 'string') return { gap: false, text: isCut ? text : '' };
  const pixels = (place.width / 100) * widthPx;
  const hasRoom = !isCut && pixels > text.length * CHARACTER_PX + 2 * PADDING_PX;
  const gap = h('span', { class: 'gap', title: text }, hasRoom && h('span', {}, text));
  putAt(gap, place);
  return { gap, text: !hasRoom && (isCut || pixels > MIN_WAIT_PX) ? text : '' };
}
