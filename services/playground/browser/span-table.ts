import {
  counted,
  duration,
  lengthOf,
  printable,
  rangeOf,
  rowsOf,
  shortId,
} from '@beyond-headers/traces/draw';
import type { SpanView } from '../view/types.ts';
import { h } from './dom.ts';

const COLUMNS = ['Trace', 'Level', 'Service', 'Span', 'Kind', 'Starts after', 'Takes', 'Status'];

/** Renders the same spans as a plain table, for screen readers and for copying. */
export function spanTable(spans: readonly SpanView[], order: readonly string[]): HTMLElement {
  const rows = rowsOf(spans, { order }).filter((row) => row.type === 'span');
  const startMs = rangeOf(spans)?.startMs ?? 0;
  return h(
    'div',
    { class: 'table-view', tabindex: 0, role: 'region', 'aria-label': 'Spans as a table' },
    h(
      'table',
      {},
      h(
        'caption',
        {},
        `${counted(spans.length, 'span')} in ${counted(new Set(spans.map((s) => s.traceId)).size, 'trace')}`,
      ),
      h('thead', {}, h('tr', {}, ...COLUMNS.map((name) => h('th', { scope: 'col' }, name)))),
      h('tbody', {}, ...rows.map(({ span, depth }) => tableRow(span, depth, startMs))),
    ),
  );
}

function tableRow(span: SpanView, depth: number, startMs: number): HTMLElement {
  const cells = [
    shortId(span.traceId),
    String(depth + 1),
    printable(span.service),
    printable(span.name),
    span.kind,
    duration(span.startMs - startMs),
    lengthOf(span),
    span.status.code === 'ERROR' ? `failed: ${printable(span.status.message ?? '')}` : 'ok',
  ];
  return h('tr', {}, ...cells.map((text) => h('td', {}, text)));
}
