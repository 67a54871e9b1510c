import { flatten, type TreeNode } from '../tree/build-tree.ts';
import { groupBy } from '../tree/group-by.ts';
import { keyOf, type SpanShape } from '../tree/span.ts';
import { tracesOf } from '../tree/traces.ts';
import { orderOf } from './demo-attributes.ts';
import type { TimeRange } from './scale.ts';

/** A summary of a collapsed branch below a span. Its period is from the start of the span to the last end. */
export interface Folded extends TimeRange {
  spans: number;
  hasFailed: boolean;
  /** The id of the branch's order. Absent if the branch has no order, or several. */
  order?: string;
}

export function foldedIn<S extends SpanShape>(node: TreeNode<S>): Folded {
  const spans = flatten([node]).map(({ span }) => span);
  const orders = new Set(spans.map(orderOf).filter((order) => order !== undefined));
  const [order] = orders;
  return {
    startMs: node.span.startMs,
    endMs: spans.reduce((last, { endMs }) => Math.max(last, endMs), node.span.startMs),
    spans: spans.length - 1,
    hasFailed: spans.some(({ status }) => status.code === 'ERROR'),
    ...(orders.size === 1 && { order }),
  };
}

/** With at least this many similar branches, or this many traces, a list of them is clearer than all their spans. */
const MANY_BRANCHES = 4;
const MANY_TRACES = 9;

/** Returns the keys of the rows to collapse at first: requests with the same name below one span, and all but the first of many traces. */
export function repeatedBranches(spans: readonly SpanShape[], order: readonly string[] = []): string[] {
  const traces = tracesOf(spans, order);
  const [, ...others] = traces.length >= MANY_TRACES ? traces : [];
  const parents = traces.flatMap(({ tree }) => flatten([...tree.roots, ...tree.orphans]));
  return [...others.map(({ traceId }) => traceId), ...parents.flatMap(alikeUnder)];
}

function alikeUnder<S extends SpanShape>({ children }: TreeNode<S>): string[] {
  if (children.length < MANY_BRANCHES) return [];
  const requests = children.filter(({ span, children: own }) => span.kind === 'SERVER' && own.length > 0);
  const alike = groupBy(requests, ({ span }) => `${span.service} ${span.name}`);
  const repeated = [...alike.values()].filter((branches) => branches.length >= MANY_BRANCHES);
  return repeated.flat().map(({ span }) => keyOf(span));
}
