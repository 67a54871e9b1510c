import { AssertionError } from 'node:assert';
import { matchesLabel } from '../tree/labels.ts';
import { keyOf, labelOf, type Span } from '../tree/span.ts';
import { renderWaterfall } from '../draw/waterfall.ts';

/**
 * A pair `[parent, child]` of labels such as `writer SERVER POST /orders`, in which `*` matches any text. For a root, the parent is `null`.
 */
export type EdgeRow = readonly [parent: string | null, child: string];

/**
 * Asserts the edges of a trace. Each row must match at least one span. Each span that matches the child of a row must have a parent that
 * such a row names. Other spans are not checked. Throws an `AssertionError` that lists the differences and draws the trace.
 */
export function assertEdges(spans: readonly Span[], rows: readonly EdgeRow[]): void {
  const edges = edgesOf(spans);
  const problems = [...missingRows(edges, rows), ...strayEdges(edges, rows)];
  if (problems.length === 0) return;
  throw new AssertionError({
    message: `${problems.length} of the expected edges differ:\n${problems.join('\n')}\n\n${renderWaterfall(spans)}`,
    actual: edges.map(describe),
    expected: rows.map(([parent, child]) => arrow(parent ?? '(root)', child)),
    operator: 'assertEdges',
  });
}

interface Edge {
  child: Span;
  parent: Span | 'root' | 'absent';
}

function edgesOf(spans: readonly Span[]): Edge[] {
  const byId = new Map(spans.map((span) => [keyOf(span), span]));
  const parentOf = ({ traceId, parentSpanId }: Span) =>
    parentSpanId === undefined ? 'root' : (byId.get(keyOf({ traceId, spanId: parentSpanId })) ?? 'absent');
  return spans.map((child) => ({ child, parent: parentOf(child) }));
}

function missingRows(edges: readonly Edge[], rows: readonly EdgeRow[]): string[] {
  return rows
    .filter((row) => !edges.some((edge) => fits(edge, row)))
    .map(([parent, child]) => `- ${arrow(parent ?? '(root)', child)}`);
}

function strayEdges(edges: readonly Edge[], rows: readonly EdgeRow[]): string[] {
  return edges
    .filter(({ child }) => rows.some(([, label]) => matchesLabel(child, label)))
    .filter((edge) => !rows.some((row) => fits(edge, row)))
    .map((edge) => `+ ${describe(edge)}`);
}

function fits({ parent, child }: Edge, [parentLabel, childLabel]: EdgeRow): boolean {
  if (!matchesLabel(child, childLabel)) return false;
  if (parentLabel === null) return parent === 'root';
  return typeof parent === 'object' && matchesLabel(parent, parentLabel);
}

function describe({ parent, child }: Edge): string {
  const from = typeof parent === 'object' ? labelOf(parent) : `(${parent})`;
  return arrow(from, labelOf(child));
}

function arrow(parent: string, child: string): string {
  return `${parent} → ${child}`;
}
