import { groupBy } from '../tree/group-by.ts';
import { matchesText } from '../tree/labels.ts';
import { labelOf, type Span } from '../tree/span.ts';
import type { TreeNode } from '../tree/build-tree.ts';
import { detailsOf } from './details.ts';
import { countProblems, type Diff } from './diff.ts';
import { boundsOf, describeExpected, type ExpectedSpan } from './expected-span.ts';
import { pair } from './matching.ts';
import { toExpectedSpan } from './read.ts';

interface Comparison {
  /** Whether spans that no expectation names count as a difference. */
  extra: 'allow' | 'forbid';
  /** Spans that links may point to, by `traceId/spanId`. */
  known: ReadonlyMap<string, Span>;
}

/** Compares expected siblings with actual ones. If they can be paired without any difference, uses such a pairing. */
export function compareSiblings(
  expected: readonly ExpectedSpan[],
  nodes: readonly TreeNode[],
  comparison: Comparison,
  extraHere: Comparison['extra'] = comparison.extra,
): Diff[] {
  const slots = slotsOf(expected, nodes, comparison);
  const paired = pairUp(slots, nodes.length);
  const found = groupBy(paired.keys(), (item) => paired.get(item));
  const compared = slots.flatMap(({ span, size, required, diffOf }, slot) => {
    const items = (found.get(slot) ?? []).toSorted((a, b) => a - b);
    const there = items.flatMap((item) => diffOf(item) ?? []);
    const absent = required ? size - items.length : 0;
    return [...there, ...Array.from({ length: absent }, () => missing(span))];
  });
  const others = nodes.filter((_node, item) => !paired.has(item));
  const surplus = others.filter(
    ({ span }) => extraHere === 'forbid' || expected.some((each) => isMeant(each, span)),
  );
  return [...compared, ...surplus.map(unexpected)];
}

/** Room for several spans that match one expectation: either the required ones, or the optional ones beyond these. */
interface Slot {
  span: ExpectedSpan;
  size: number;
  required: boolean;
  /** Compares an item with the expectation. Returns undefined if the item has another name, service, or kind. */
  diffOf: (item: number) => Diff | undefined;
}

/** Returns the required slots before the optional ones. */
function slotsOf(
  expected: readonly ExpectedSpan[],
  nodes: readonly TreeNode[],
  comparison: Comparison,
): Slot[] {
  const slots = expected.flatMap((span): Slot[] => {
    const { min, max } = boundsOf(span);
    const optional = Math.min(max, nodes.length) - min;
    const diffOf = once((item) => compareSpan(span, nodes[item], comparison));
    return [
      { span, size: min, required: true, diffOf },
      { span, size: optional, required: false, diffOf },
    ];
  });
  return slots.filter(({ size }) => size > 0).toSorted((a, b) => Number(b.required) - Number(a.required));
}

/** Compares each item at most once, although a span may have two slots. Otherwise, the work would double at each level. */
function once(compare: Slot['diffOf']): Slot['diffOf'] {
  const known = new Map<number, Diff | undefined>();
  return (item) => {
    if (!known.has(item)) known.set(item, compare(item));
    return known.get(item);
  };
}

/**
 * Returns the slot of each item. First pairs as many items as possible without a difference. Then pairs the others, those with the
 * fewest differences first, so that a difference is shown at the span that was meant.
 */
function pairUp(slots: readonly Slot[], items: number): Map<number, number> {
  const problemsOf = (slot: number, item: number): number => {
    const diff = slots[slot]?.diffOf(item);
    return diff ? countProblems(diff) : Infinity;
  };
  const room = slots.map(({ size }) => size);
  const paired = pair(room, items, (slot, item) => problemsOf(slot, item) === 0);
  const fill = (slot: number) => (room[slot] = (room[slot] ?? 0) - 1);
  for (const slot of paired.values()) fill(slot);
  const hasRoom = ({ slot, item }: { slot: number; item: number }) => room[slot] !== 0 && !paired.has(item);
  const candidates = slots
    .flatMap((_slot, slot) => Array.from({ length: items }, (_unused, item) => ({ slot, item })))
    .filter(hasRoom)
    .map((candidate) => ({ ...candidate, problems: problemsOf(candidate.slot, candidate.item) }))
    .filter(({ problems }) => problems !== Infinity)
    .toSorted((a, b) => a.problems - b.problems);
  for (const candidate of candidates) {
    if (!hasRoom(candidate)) continue;
    paired.set(candidate.item, candidate.slot);
    fill(candidate.slot);
  }
  return paired;
}

/** Reports whether the span has the name, service, and kind that the expectation gives. */
function isMeant({ name, service = '*', kind }: ExpectedSpan, span: Span): boolean {
  const sameKind = kind === undefined || kind === span.kind;
  return sameKind && matchesText(span.name, name) && matchesText(span.service, service);
}

function compareSpan(
  expected: ExpectedSpan,
  node: TreeNode | undefined,
  comparison: Comparison,
): Diff | undefined {
  if (!node || !isMeant(expected, node.span)) return undefined;
  return {
    mark: ' ',
    text: labelOf(node.span),
    details: detailsOf(expected, node.span, comparison.known),
    children: compareSiblings((expected.children ?? []).map(toExpectedSpan), node.children, comparison),
  };
}

function missing(span: ExpectedSpan): Diff {
  const required = (span.children ?? []).map(toExpectedSpan).filter((child) => boundsOf(child).min > 0);
  return { mark: '-', text: describeExpected(span), details: [], children: required.map(missing) };
}

/** Marks a span and its descendants as unexpected. Creates the children lazily, because a trace can be deeper than the call stack. */
export function unexpected({ span, children }: TreeNode): Diff {
  return {
    mark: '+',
    text: labelOf(span),
    details: [],
    get children() {
      return children.map(unexpected);
    },
  };
}
