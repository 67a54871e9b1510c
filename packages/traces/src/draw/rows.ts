import { buildTree, type TreeNode } from '../tree/build-tree.ts';
import type { Span } from '../tree/span.ts';
import { printable } from './text.ts';
import type { Glyphs } from './glyphs.ts';

/** One line of a waterfall: a span with its place in the tree, or a note that belongs to the span above it. */
export type Row =
  | { type: 'span'; span: Span; name: string; failed: boolean }
  | { type: 'note'; text: string; failed: boolean };

/** The rows of one trace in the order of its tree: roots first, then orphans. */
export function rowsOf(spans: readonly Span[], glyphs: Glyphs, family: ReadonlyMap<string, Span>): Row[] {
  const { roots, orphans } = buildTree(spans);
  const rows: Row[] = [];
  const stack: Place[] = [
    ...roots.map((node) => ({ node, lead: `${glyphs.root} `, indent: '' })),
    ...orphans.map((node) => ({ node, lead: `${glyphs.orphan} `, indent: '', orphan: true })),
  ].toReversed();
  for (let place = stack.pop(); place; place = stack.pop()) {
    rows.push(...rowsAt(place, glyphs, family));
    for (const child of childrenOf(place, glyphs).toReversed()) stack.push(child);
  }
  return rows;
}

interface Place {
  node: TreeNode;
  /** What stands before the name, and before the names of what hangs under it. */
  lead: string;
  indent: string;
  orphan?: boolean;
}

function childrenOf({ node, indent }: Place, glyphs: Glyphs): Place[] {
  return node.children.map((child, index) => {
    const last = index === node.children.length - 1;
    return {
      node: child,
      lead: `${indent}${last ? glyphs.lastChild : glyphs.child} `,
      indent: `${indent}${last ? ' ' : glyphs.line} `,
    };
  });
}

function rowsAt(
  { node, lead, indent, orphan }: Place,
  glyphs: Glyphs,
  family: ReadonlyMap<string, Span>,
): Row[] {
  const { span } = node;
  const failed = span.status.code === 'ERROR';
  const name = `${lead}${failed ? `${glyphs.error} ` : ''}${printable(span.name) || '(no name)'}`;
  const notes = [
    ...(orphan ? [`its parent ${short(span.parentSpanId ?? '')} is not in this trace`] : []),
    ...span.links.map((link) => `${glyphs.link} links to ${linkTarget(link, family)}`),
  ];
  // A note keeps the lines of the tree that run past it.
  const margin = `${indent}${node.children.length > 0 ? glyphs.line : ' '} `;
  const reason = failed && span.status.message ? [`${glyphs.error} ${printable(span.status.message)}`] : [];
  return [
    { type: 'span', span, name, failed },
    ...notes.map((text): Row => ({ type: 'note', text: margin + text, failed: false })),
    ...reason.map((text): Row => ({ type: 'note', text: margin + text, failed: true })),
  ];
}

function linkTarget(
  { traceId, spanId }: { traceId: string; spanId: string },
  family: ReadonlyMap<string, Span>,
): string {
  const target = family.get(`${traceId}/${spanId}`);
  return `${short(traceId)}/${short(spanId)}${target ? ` (${printable(target.name)})` : ''}`;
}

function short(id: string): string {
  return id.slice(0, 8);
}
