import { counted, duration, printable, shortId } from './format.ts';
import { rangeOf } from './scale.ts';
import { buildTraces, type SpanNode, type TraceTree } from './tree.ts';
import type { LinkView, SpanView } from './types.ts';

/** One line of the waterfall. All lines have the same height. */
export type Row = TraceRow | SpanRow | NoteRow;

/** Head of a trace. */
export interface TraceRow {
  type: 'trace';
  key: string;
  traceId: string;
  /** From 1. */
  number: number;
  /** How many traces there are. */
  of: number;
  facts: string;
}

export interface SpanRow {
  type: 'span';
  /** Unique in the run, the same from one update to the next. */
  key: string;
  span: SpanView;
  /** Number of its trace, from 1. */
  trace: number;
  depth: number;
  hasChildren: boolean;
  isCollapsed: boolean;
  isWaiting: boolean;
  /** `2` for the second attempt and later; a first one is not worth a mark. */
  attempt?: string;
  /** From here until the span starts nothing works: the end of what caused it. */
  waitsFromMs?: number;
  /** Position among the spans with the same parent, from 1, and their number. */
  position: number;
  siblings: number;
}

/** What stands under the span that it belongs to. */
export interface NoteRow {
  type: 'note';
  key: string;
  depth: number;
  tone: 'link' | 'error' | 'orphan' | 'pending';
  text: string;
  /** Number of its trace, from 1. */
  trace: number;
}

/** A consumer that starts later than this after what caused it was waited for by nobody: drawn as a gap. */
const MIN_GAP_MS = 1;

/**
 * The lines of a run's traces, parents before children; what hangs under a collapsed span is left out. While the run is not
 * over, a parent that is not there is one that has not ended.
 */
export function rowsOf(
  spans: readonly SpanView[],
  order: readonly string[],
  collapsed: ReadonlySet<string> = new Set(),
  isOver = true,
): Row[] {
  const traces = buildTraces(spans, order);
  const context = { family: familyOf(traces), collapsed, isOver };
  return traces.flatMap((trace, index) => [
    traceRow(trace, index + 1, traces.length),
    ...spanRows(trace, context),
  ]);
}

export const keyOf = (span: { traceId: string; spanId: string }) => `${span.traceId}/${span.spanId}`;

/** Nothing works while a span of this name lasts. */
export const isWaiting = (name: string) => name.startsWith('wait ');

interface RowContext {
  /** Every span of the run with the number of its trace. */
  family: ReadonlyMap<string, { span: SpanView; number: number }>;
  collapsed: ReadonlySet<string>;
  isOver: boolean;
}

function familyOf(traces: readonly TraceTree[]): RowContext['family'] {
  return new Map(
    traces.flatMap(({ spans }, index) => spans.map((span) => [keyOf(span), { span, number: index + 1 }])),
  );
}

function traceRow({ traceId, spans }: TraceTree, number: number, of: number): TraceRow {
  const { startMs, endMs } = rangeOf(spans) ?? { startMs: 0, endMs: 0 };
  const services = new Set(spans.map((span) => span.service)).size;
  const facts = [counted(spans.length, 'span'), counted(services, 'service'), duration(endMs - startMs)];
  return { type: 'trace', key: traceId, traceId, number, of, facts: facts.join(' · ') };
}

interface Place {
  node: SpanNode;
  parent?: SpanNode;
  depth: number;
  position: number;
  siblings: number;
}

/** Not recursive: a trace can be deeper than the call stack. */
function spanRows({ tops }: TraceTree, context: RowContext): Row[] {
  const rows: Row[] = [];
  const stack = placesOf(tops, 0).toReversed();
  for (let place = stack.pop(); place; place = stack.pop()) {
    rows.push(...rowsAt(place, context));
    if (context.collapsed.has(keyOf(place.node.span))) continue;
    stack.push(...placesOf(place.node.children, place.depth + 1, place.node).toReversed());
  }
  return rows;
}

function placesOf(nodes: SpanNode[], depth: number, parent?: SpanNode): Place[] {
  return nodes.map((node, index) => ({
    node,
    depth,
    position: index + 1,
    siblings: nodes.length,
    ...(parent && { parent }),
  }));
}

function rowsAt(place: Place, context: RowContext): Row[] {
  const { node, depth, position, siblings } = place;
  const { span } = node;
  const key = keyOf(span);
  const gap = gapBefore(place);
  const trace = context.family.get(key)?.number ?? 1;
  const attempt = Number(span.attributes['demo.attempt']);
  return [
    {
      type: 'span',
      key,
      span,
      trace,
      depth,
      position,
      siblings,
      hasChildren: node.children.length > 0,
      isCollapsed: context.collapsed.has(key),
      isWaiting: isWaiting(span.name),
      ...(attempt > 1 && { attempt: String(attempt) }),
      ...(gap !== undefined && { waitsFromMs: gap }),
    },
    ...notesOf(node, depth, context),
  ];
}

/** From the end of the cause, or of the span that measures the wait, to the start of the effect. */
function gapBefore({ node, parent }: Place): number | undefined {
  if (!parent || node.span.kind !== 'CONSUMER') return undefined;
  const ends = parent.children.filter(({ span }) => isWaiting(span.name)).map(({ span }) => span.endMs);
  const from = Math.max(parent.span.endMs, ...ends);
  return node.span.startMs - from > MIN_GAP_MS ? from : undefined;
}

function notesOf({ span, isOrphan }: SpanNode, depth: number, { family, isOver }: RowContext): NoteRow[] {
  const note = (tone: NoteRow['tone'], text: string, index = 0): NoteRow => ({
    type: 'note',
    key: `${keyOf(span)}/${tone}${index}`,
    depth: depth + 1,
    tone,
    text,
    trace: family.get(keyOf(span))?.number ?? 1,
  });
  return [
    ...(isOrphan ? [missingParent(span, isOver, note)] : []),
    ...span.links.map((link, index) => note('link', `links to ${linkTarget(link, span, family)}`, index)),
    ...(span.error ? [note('error', printable(span.error))] : []),
  ];
}

type MakeNote = (tone: NoteRow['tone'], text: string) => NoteRow;

function missingParent({ parentSpanId = '' }: SpanView, isOver: boolean, note: MakeNote): NoteRow {
  return isOver
    ? note('orphan', `its parent ${shortId(parentSpanId)} is not in this trace`)
    : note('pending', 'its parent has not ended yet');
}

function linkTarget(link: LinkView, from: SpanView, family: RowContext['family']): string {
  const target = family.get(keyOf(link));
  if (!target) return `${shortId(link.traceId)}, which is not here`;
  const attempt = target.span.attributes['demo.attempt'];
  const which = attempt ? `, attempt ${printable(attempt)}` : '';
  const where = link.traceId === from.traceId ? '' : ` in trace ${target.number}`;
  return `${printable(target.span.name)}${which}${where}`;
}
