import type { SpanShape } from '../tree/span.ts';
import { painter, type Painter } from './colour.ts';
import { cut, fit, widest } from './columns.ts';
import { lengthOf } from './duration.ts';
import { ascii, unicode, type Glyphs } from './glyphs.ts';
import { toLines, type Line } from './lines.ts';
import { rowsOf, type Row, type SpanRow } from './rows.ts';
import { placeIn, rangeOf, type TimeRange } from './scale.ts';
import { printable } from './text.ts';

export interface WaterfallOptions {
  /** Columns of the whole drawing. Default 100, at least 60. */
  width?: number;
  /** Terminal colors, one for each service. Default off. */
  color?: boolean;
  /** Only ASCII characters. Default off. */
  ascii?: boolean;
}

/**
 * Draws traces as text. Each trace is a line with its id, then a row for each span. A row has the service, the kind, the name at its place
 * in the tree, a bar on a time scale that all traces share, and the duration. Pass the traces of one request to see how they belong
 * together. The spans may be one list or a list of traces. They are sorted by start, and the traces by the start of their root.
 */
export function renderWaterfall(
  traces: readonly SpanShape[] | readonly (readonly SpanShape[])[],
  { width = 100, color = false, ascii: plain = false }: WaterfallOptions = {},
): string {
  const spans = (traces as readonly (readonly SpanShape[])[]).flat();
  const range = rangeOf(spans);
  if (!range) return '(no spans)';
  const glyphs = plain ? ascii : unicode;
  const columns = Math.max(60, width);
  const rows = rowsOf(spans);
  const lines = toLines(rows, glyphs, columns);
  const layout = layoutOf(lines, columns, range, glyphs);
  const paint = painter(color, spans);
  const drawn = lines.map((line, index) => {
    const isNextTrace = line.row.type === 'trace' && index > 0;
    return `${isNextTrace ? '\n' : ''}${drawLine(line, layout, paint)}`;
  });
  return [...drawn, '', legend(rows, glyphs)].join('\n');
}

type Layout = ReturnType<typeof layoutOf>;

const DURATION_COLUMNS = 8;
const MAX_SERVICE_COLUMNS = 16;
const MAX_NAME_SHARE = 0.38;

function layoutOf(lines: readonly Line[], width: number, range: TimeRange, glyphs: Glyphs) {
  const spans = lines.flatMap(({ row, text }) => (row.type === 'span' ? [{ span: row.span, text }] : []));
  const services = widest(spans.map(({ span }) => printable(span.service)));
  const service = Math.min(MAX_SERVICE_COLUMNS, services);
  const kind = widest(spans.map(({ span }) => span.kind));
  const name = Math.min(widest(spans.map(({ text }) => text)), Math.floor(width * MAX_NAME_SHARE));
  // A space separates each two columns of a row.
  return {
    width,
    service,
    kind,
    name,
    bar: width - service - kind - name - DURATION_COLUMNS - 4,
    range,
    glyphs,
  };
}

function drawLine({ row, text }: Line, layout: Layout, paint: Painter): string {
  const { width, service, kind, glyphs } = layout;
  if (row.type === 'span') return drawSpan(row, text, layout, paint);
  if (row.type === 'trace') return cut(glyphs.plain(text), width, glyphs.ellipsis);
  const note = cut(' '.repeat(service + kind + 2) + text, width, glyphs.ellipsis);
  return row.tone === 'error' ? paint.error(note) : paint.faint(note);
}

function drawSpan(row: SpanRow, text: string, layout: Layout, paint: Painter): string {
  const { glyphs, range } = layout;
  const { service, kind } = row.span;
  const name = fit(text, layout.name, glyphs.ellipsis);
  return [
    paint.service(service, fit(printable(service), layout.service, glyphs.ellipsis)),
    paint.faint(kind.padEnd(layout.kind)),
    row.hasFailed ? paint.error(name) : name,
    paint.service(service, bar(row, range, layout.bar, glyphs)),
    glyphs.plain(lengthOf(row.span)).padStart(DURATION_COLUMNS),
  ].join(' ');
}

/** Draws a span on the time scale, in exactly `columns` columns. Even the shortest span is visible. */
function bar({ span, isWaiting }: SpanRow, range: TimeRange, columns: number, glyphs: Glyphs): string {
  const { left, width } = placeIn(range, span.startMs, span.endMs);
  const [from, to] = [(left / 100) * columns, ((left + width) / 100) * columns];
  const first = Math.min(columns - 1, Math.floor(from));
  if (to - from < 0.5) return (' '.repeat(first) + glyphs.tick).padEnd(columns);
  const last = Math.min(columns, Math.max(first + 1, Math.round(to)));
  return (' '.repeat(first) + (isWaiting ? glyphs.wait : glyphs.work).repeat(last - first)).padEnd(columns);
}

/** Explains the symbols that the drawing contains. */
function legend(rows: readonly Row[], glyphs: Glyphs): string {
  const has = (is: (row: SpanRow) => boolean) => rows.some((row) => row.type === 'span' && is(row));
  return [
    `${glyphs.work} work`,
    ...(has(({ isWaiting }) => isWaiting) ? [`${glyphs.wait} waiting`] : []),
    ...(has(({ depth, isOrphan }) => depth === 0 && !isOrphan) ? [`${glyphs.root} root`] : []),
    ...(has(({ isOrphan }) => isOrphan) ? [`${glyphs.orphan} orphan`] : []),
    ...(rows.some((row) => row.type === 'note' && row.tone === 'link') ? [`${glyphs.link} link`] : []),
    ...(has(({ attempt }) => attempt !== undefined) ? ['#n attempt'] : []),
    ...(has(({ hasFailed }) => hasFailed) ? [`${glyphs.error} error`] : []),
  ].join('   ');
}
