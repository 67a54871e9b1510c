import { keyOf, type SpanShape } from '../tree/span.ts';
import { tracesOf, type Trace } from '../tree/traces.ts';
import type { TreeNode } from '../tree/build-tree.ts';
import { attemptsAmong } from './demo-attributes.ts';
import { duration } from './duration.ts';
import { foldedIn, type Folded } from './folded.ts';
import { notesOf, type Note, type NoteContext } from './notes.ts';
import { periodOf } from './scale.ts';
import { targetOf } from './target.ts';
import { counted } from './text.ts';
import { gapBefore, isWaiting } from './waits.ts';

/** One line of a waterfall. */
export type Row<S extends SpanShape = SpanShape> = TraceRow | SpanRow<S> | NoteRow;

/** The heading of a trace. */
export interface TraceRow {
  type: 'trace';
  key: string;
  traceId: string;
  /** From 1. */
  number: number;
  /** How many traces there are. */
  of: number;
  /** `3 spans`, `2 services`, `1.24 s`. */
  facts: string[];
  isCollapsed: boolean;
}

export interface SpanRow<S extends SpanShape = SpanShape> {
  type: 'span';
  /** Unique among the rows, and the same in every drawing. */
  key: string;
  span: S;
  /** Number of its trace, from 1. */
  trace: number;
  depth: number;
  isOrphan: boolean;
  hasFailed: boolean;
  hasChildren: boolean;
  isCollapsed: boolean;
  /** A summary of the branch, if the row is collapsed. */
  folded?: Folded;
  isWaiting: boolean;
  /** The number of the attempt. Absent if there is only one attempt. */
  attempt?: string;
  /** The destination of a request whose name doesn't contain it. */
  target?: string;
  /** When the span's cause ended. Absent unless there is a gap between that time and the start of the span. */
  waitsFromMs?: number;
  /** Position among the spans with the same parent, from 1, and their number. */
  position: number;
  siblings: number;
}

/** A note below the span to which it belongs. */
export interface NoteRow extends Note {
  type: 'note';
  key: string;
  depth: number;
  /** Number of its trace, from 1. */
  trace: number;
}

export interface RowOptions extends Partial<Pick<NoteContext, 'isOver'>> {
  /** Trace ids in the order of the drawing; others follow by time. */
  order?: readonly string[];
  /** Keys of spans whose branches are left out, and ids of traces of which only the heading is shown. */
  collapsed?: ReadonlySet<string>;
}

/** Returns the rows of traces, parents before children. Each trace starts with its roots, followed by its orphans. */
export function rowsOf<S extends SpanShape>(
  spans: readonly S[],
  { order, collapsed = new Set(), isOver = true }: RowOptions = {},
): Row<S>[] {
  const traces = tracesOf(spans, order);
  const family = new Map(spans.map((span) => [keyOf(span), span]));
  const attemptOf = attemptsAmong(spans);
  return traces.flatMap((trace, index) => {
    const isCollapsed = collapsed.has(trace.traceId);
    const head: TraceRow = { ...headOf(trace), number: index + 1, of: traces.length, isCollapsed };
    if (isCollapsed) return [head];
    return [head, ...spanRows(trace, { family, attemptOf, isOver, collapsed, trace: index + 1 })];
  });
}

interface RowContext extends NoteContext {
  attemptOf: ReturnType<typeof attemptsAmong>;
  collapsed: ReadonlySet<string>;
  trace: number;
}

function headOf<S extends SpanShape>({ traceId, spans }: Trace<S>) {
  const { startMs, endMs } = periodOf(spans) ?? { startMs: 0, endMs: 0 };
  const services = new Set(spans.map((span) => span.service)).size;
  const facts = [counted(spans.length, 'span'), counted(services, 'service'), duration(endMs - startMs)];
  return { type: 'trace' as const, key: traceId, traceId, facts };
}

interface Place<S extends SpanShape> extends Pick<SpanRow, 'depth' | 'isOrphan' | 'position' | 'siblings'> {
  node: TreeNode<S>;
  parent?: TreeNode<S>;
}

/** Not recursive: a trace can be deeper than the call stack. */
function spanRows<S extends SpanShape>({ tree }: Trace<S>, context: RowContext): Row<S>[] {
  const rows: Row<S>[] = [];
  const tops = placesOf([...tree.roots, ...tree.orphans]);
  const stack = tops.map((place, index) => ({ ...place, isOrphan: index >= tree.roots.length })).toReversed();
  for (let place = stack.pop(); place; place = stack.pop()) {
    const row = spanRow(place, context);
    const notes = notesOf(row.span, row.isOrphan, context).map((note, index): NoteRow => {
      const key = `${row.key}/${index}`;
      return { ...note, type: 'note', key, depth: row.depth + 1, trace: row.trace };
    });
    rows.push(row, ...notes);
    if (row.isCollapsed) continue;
    for (const child of placesOf(place.node.children, place).toReversed()) stack.push(child);
  }
  return rows;
}

function placesOf<S extends SpanShape>(nodes: readonly TreeNode<S>[], above?: Place<S>): Place<S>[] {
  return nodes.map((node, index) => ({
    node,
    depth: above ? above.depth + 1 : 0,
    isOrphan: false,
    position: index + 1,
    siblings: nodes.length,
    ...(above && { parent: above.node }),
  }));
}

function spanRow<S extends SpanShape>(
  { node, parent, ...place }: Place<S>,
  { attemptOf, collapsed, trace, family }: RowContext,
): SpanRow<S> {
  const { span } = node;
  const key = keyOf(span);
  const linked = span.links.flatMap((link) => family.get(keyOf(link)) ?? []);
  const gap = gapBefore(node, parent, linked);
  const attempt = attemptOf(span);
  const target = targetOf(node);
  const hasChildren = node.children.length > 0;
  const isCollapsed = collapsed.has(key);
  return {
    type: 'span',
    key,
    span,
    trace,
    ...place,
    hasFailed: span.status.code === 'ERROR',
    hasChildren,
    isCollapsed,
    ...(hasChildren && isCollapsed && { folded: foldedIn(node) }),
    isWaiting: isWaiting(span),
    ...(attempt !== undefined && { attempt: String(attempt) }),
    ...(target !== undefined && { target }),
    ...(gap !== undefined && { waitsFromMs: gap }),
  };
}
