import { duration, lengthOf, printable } from '@beyond-headers/traces/draw';
import { serviceClass } from '../view/services.ts';
import type { EventView, SpanView } from '../view/types.ts';
import { badge } from './badge.ts';
import { h, one } from './dom.ts';
import { traceUrl } from './row-view.ts';
import { spanLogs } from './span-logs.ts';

export interface DetailsOptions {
  runStartMs: number;
  /** Whether the details get the focus, as after a key. A click leaves the focus where it is. */
  takesFocus: boolean;
  /** Called when the details are closed, to restore the focus. */
  onClose: () => unknown;
  /** Zooms to the span. Absent where there is no waterfall. */
  zoomTo?: () => void;
}

let giveFocusBack: DetailsOptions['onClose'] = () => undefined;

/**
 * Shows everything that is known about a span beside the runs, which stay visible and usable. Escape closes the details, and
 * restores the focus.
 */
export function showSpan(span: SpanView, { runStartMs, takesFocus, onClose, zoomTo }: DetailsOptions): void {
  const dialog = one('#span-details', HTMLDialogElement);
  giveFocusBack = onClose;
  dialog.replaceChildren(
    h(
      'header',
      { class: serviceClass(span.service) },
      badge(span.service),
      h('h2', { id: 'span-title' }, printable(span.name)),
      h('button', { type: 'button', class: 'quiet close', click: closeSpan }, 'Close'),
    ),
    h('dl', {}, ...facts(span, runStartMs).flatMap(([name, value]) => pair(name, value))),
    h(
      'p',
      { class: 'actions' },
      zoomTo && h('button', { type: 'button', class: 'quiet', click: zoomTo }, 'Zoom to it'),
      h(
        'a',
        { href: traceUrl(span.traceId), target: '_blank', rel: 'noreferrer' },
        'Open the trace in Jaeger ↗',
      ),
    ),
    spanLogs(span, runStartMs),
    ...section('Attributes', Object.entries({ ...span.attributes, ...span.resource })),
    ...span.events.flatMap((event) => eventSection(event, runStartMs)),
  );
  if (!dialog.open) open(dialog);
  if (takesFocus) one('.close', HTMLButtonElement, dialog).focus();
}

/** Reports whether the details of a span are shown. */
export const isSpanShown = (): boolean => one('#span-details', HTMLDialogElement).open;

/** Sets the attribute, because `show()` would take the focus from the row. */
function open(dialog: HTMLDialogElement): void {
  dialog.open = true;
  document.addEventListener('keydown', onKey);
}

/** Closes the details, and restores the focus. Does nothing if they are not shown, because the focus is elsewhere then. */
export function closeSpan(): void {
  if (!isSpanShown()) return;
  one('#span-details', HTMLDialogElement).open = false;
  document.removeEventListener('keydown', onKey);
  giveFocusBack();
}

function onKey({ key }: KeyboardEvent): void {
  if (key === 'Escape') closeSpan();
}

function facts(span: SpanView, runStartMs: number): Array<[string, string]> {
  return [
    ['service', span.service],
    ['kind', span.kind],
    ['starts after', duration(span.startMs - runStartMs)],
    ['takes', lengthOf(span)],
    ...(span.status.code === 'ERROR' ? [['error', errorOf(span)] as [string, string]] : []),
    ['trace id', span.traceId],
    ['span id', span.spanId],
    ['parent span id', span.parentSpanId ?? 'none: it is a root'],
    ...span.links.map(({ traceId, spanId }): [string, string] => ['links to', `${traceId} / ${spanId}`]),
  ];
}

const errorOf = ({ status }: SpanView): string => status.message ?? 'failed without a message';

function eventSection(event: EventView, runStartMs: number): HTMLElement[] {
  const title = `Event “${printable(event.name)}” after ${duration(event.timeMs - runStartMs)}`;
  return section(title, Object.entries(event.attributes));
}

function section(title: string, entries: Array<[string, string]>): HTMLElement[] {
  const rows = entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([name, value]) => pair(name, value));
  return rows.length > 0 ? [h('h3', {}, title), h('dl', {}, ...rows)] : [h('h3', {}, title)];
}

const pair = (name: string, value: string) => [h('dt', {}, printable(name)), h('dd', {}, value)];
