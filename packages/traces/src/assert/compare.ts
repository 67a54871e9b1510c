import { groupBy } from '../tree/group-by.ts';
import { matchesText } from '../tree/labels.ts';
import { labelOf, type Span } from '../tree/span.ts';
import type { TreeNode } from '../tree/build-tree.ts';
import { detailsOf } from './details.ts';
import { countProblems, type Diff } from './diff.ts';
import { boundsOf, describeExpected, type ExpectedSpan } from './expected-span.ts';
import { pair } from './matching.ts';
import { toExpectedSpan } from './read.ts';

export interface Comparison {
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
  const slots = slotsOf(expected, nodes.length);
  const diffs = memo(slots, (span, item) => compareSpan(span, nodes[item], comparison));
  const sizes = slots.map(({ size }) => size);
  const exact = pair(sizes, nodes.length, (slot, item) => problemsOf(diffs(slot, item)) === 0);
  const paired = withNearest(exact, sizes, nodes.length, diffs);
  const found = groupBy(paired.keys(), (item) => paired.get(item));
  const compared = slots.flatMap(({ span, size, required }, slot) => {
    const items = (found.get(slot) ?? []).toSorted((a, b) => a - b);
    const there = items.flatMap((item) => diffs(slot, item) ?? []);
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
}

/** Returns the required slots before the optional ones. */
function slotsOf(expected: readonly ExpectedSpan[], most: number): Slot[] {
  const slots = expected.flatMap((span): Slot[] => {
    const { min, max } = boundsOf(span);
    return [
      { span, size: min, required: true },
      { span, size: Math.max(0, Math.min(max, most) - min), required: false },
    ];
  });
  return [true, false].flatMap((first) =>
    slots.filter(({ required, size }) => required === first && size > 0),
  );
}

/** Compares an item with the span that a slot expects. Returns `undefined` if the item has another name, service, or kind. */
type Compare = (slot: number, item: number) => Diff | undefined;

/**
 * Compares an item with each expected span only once, although a span may have two slots. Otherwise, the work would double at each level.
 */
function memo(
  slots: readonly Slot[],
  compare: (span: ExpectedSpan, item: number) => Diff | undefined,
): Compare {
  const known = new Map(slots.map(({ span }) => [span, [] as { diff: Diff | undefined }[]]));
  return (slot, item) => {
    const span = slots[slot]?.span;
    const ofSpan = span && known.get(span);
    return ofSpan && (ofSpan[item] ??= { diff: compare(span, item) }).diff;
  };
}

const problemsOf = (diff: Diff | undefined): number => (diff === undefined ? Infinity : countProblems(diff));

/** Pairs the remaining items, those with the fewest differences first, so that a difference is shown at the span that was meant. */
function withNearest(
  exact: ReadonlyMap<number, number>,
  sizes: readonly number[],
  items: number,
  compare: Compare,
): Map<number, number> {
  const paired = new Map(exact);
  const room = [...sizes];
  for (const slot of exact.values()) room[slot] = (room[slot] ?? 0) - 1;
  const candidates = sizes
    .flatMap((_size, slot) => Array.from({ length: items }, (_unused, item) => ({ slot, item })))
    .filter(({ slot, item }) => room[slot] !== 0 && !paired.has(item))
    .map((candidate) => ({ ...candidate, problems: problemsOf(compare(candidate.slot, candidate.item)) }))
    .filter(({ problems }) => problems !== Infinity)
    .toSorted((a, b) => a.problems - b.problems);
  for (const { slot, item } of candidates) {
    if (room[slot] === 0 || paired.has(item)) continue;
    paired.set(item, slot);
    room[slot] = (room[slot] ?? 0) - 1;
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
