import type { Span } from '../tree/span.ts';
import { bar, isWaiting, scaleOf, type Scale } from './bar.ts';
import { painter, type Painter } from './colour.ts';
import { ascii, unicode, type Glyphs } from './glyphs.ts';
import { rowsOf, type Row } from './rows.ts';
import { cut, duration, fit, printable } from './text.ts';

export interface WaterfallOptions {
  /** Columns of the whole drawing. Default 100, at least 60. */
  width?: number;
  /** Terminal colours, one for each service. Default off. */
  color?: boolean;
  /** Only ASCII characters. Default off. */
  ascii?: boolean;
}

/**
 * Draws traces as text: for each trace a line with its id, then a row for each span with service, kind, place in the tree,
 * a bar on a time scale that all traces share, and duration. Give the traces of one request to see how they belong together.
 * The spans may come as one list or as a list of traces; they are sorted by start, the traces by that of their root.
 */
export function renderWaterfall(
  traces: readonly Span[] | readonly (readonly Span[])[],
  { width = 100, color = false, ascii: plain = false }: WaterfallOptions = {},
): string {
  const spans = (traces as readonly (readonly Span[])[]).flat();
  if (spans.length === 0) return '(no spans)';
  const glyphs = plain ? ascii : unicode;
  const family = new Map(spans.map((span) => [`${span.traceId}/${span.spanId}`, span]));
  const groups = byTrace(spans).map((group) => ({ group, rows: rowsOf(group, glyphs, family) }));
  const layout = layoutOf(
    groups.flatMap(({ rows }) => rows),
    Math.max(60, width),
    spans,
    glyphs,
  );
  const paint = painter(color, spans);
  const drawn = groups.map(({ group, rows }) =>
    [header(group, layout), ...rows.map((row) => drawRow(row, layout, paint))].join('\n'),
  );
  return [
    ...drawn,
    legend(
      spans,
      groups.flatMap(({ rows }) => rows),
      glyphs,
    ),
  ].join('\n\n');
}

interface Layout {
  width: number;
  service: number;
  kind: number;
  name: number;
  scale: Scale;
  glyphs: Glyphs;
}

const durationColumns = 8;

function layoutOf(rows: readonly Row[], width: number, spans: readonly Span[], glyphs: Glyphs): Layout {
  const service = Math.min(
    16,
    widest(spans, (span) => printable(span.service)),
  );
  const kind = widest(spans, (span) => span.kind);
  const names = widest(rows, (row) => (row.type === 'span' ? row.name : ''));
  const name = Math.min(names, Math.floor(width * 0.38));
  const columns = width - service - kind - name - durationColumns - 4;
  return { width, service, kind, name, scale: scaleOf(spans, columns), glyphs };
}

function widest<T>(items: readonly T[], text: (item: T) => string): number {
  return items.reduce((max, item) => Math.max(max, text(item).length), 0);
}

function byTrace(spans: readonly Span[]): Span[][] {
  const traces = new Map<string, Span[]>();
  for (const span of spans.toSorted(byStart)) {
    const trace = traces.get(span.traceId) ?? [];
    trace.push(span);
    traces.set(span.traceId, trace);
  }
  return [...traces.values()].toSorted((a, b) => byStart(firstOf(a), firstOf(b)));
}

/** Not the earliest span: what Kubernetes tells in whole seconds seems to start before its parent. */
function firstOf(trace: readonly Span[]): Span | undefined {
  return trace.find((span) => span.parentSpanId === undefined) ?? trace[0];
}

function byStart(a: Span | undefined, b: Span | undefined): number {
  return Number((a?.startNs ?? 0n) - (b?.startNs ?? 0n));
}

function header(spans: readonly Span[], { glyphs, width }: Layout): string {
  const services = new Set(spans.map((span) => span.service)).size;
  const { lengthNs } = scaleOf(spans, 1);
  const facts = [
    `trace ${spans[0]?.traceId}`,
    counted(spans.length, 'span'),
    counted(services, 'service'),
    duration(lengthNs, glyphs),
  ];
  return cut(facts.join(` ${glyphs.dot} `), width, glyphs.ellipsis);
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function drawRow(row: Row, layout: Layout, paint: Painter): string {
  const { glyphs, service, kind, name, scale, width } = layout;
  if (row.type === 'note') {
    const margin = ' '.repeat(service + kind + 2);
    const text = cut(margin + row.text, width, glyphs.ellipsis);
    return row.failed ? paint.error(text) : paint.faint(text);
  }
  const { span } = row;
  const named = fit(row.name, name, glyphs.ellipsis);
  return [
    paint.service(span.service, fit(printable(span.service), service, glyphs.ellipsis)),
    paint.faint(span.kind.padEnd(kind)),
    row.failed ? paint.error(named) : named,
    paint.service(span.service, bar(span, scale, glyphs)),
    duration(span.endNs > span.startNs ? span.endNs - span.startNs : 0n, glyphs).padStart(durationColumns),
  ].join(' ');
}

function legend(spans: readonly Span[], rows: readonly Row[], glyphs: Glyphs): string {
  const shown = (glyph: string) =>
    rows.some((row) => (row.type === 'span' ? row.name : row.text).includes(`${glyph} `));
  return [
    `${glyphs.work} work`,
    ...(spans.some(isWaiting) ? [`${glyphs.wait} waiting`] : []),
    ...(shown(glyphs.root) ? [`${glyphs.root} root`] : []),
    ...(shown(glyphs.orphan) ? [`${glyphs.orphan} orphan`] : []),
    ...(shown(glyphs.link) ? [`${glyphs.link} link`] : []),
    ...(shown(glyphs.error) ? [`${glyphs.error} error`] : []),
  ].join('   ');
}
