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

/** Compares what should hang at one place with what does; of all ways to pair them one with no difference, where there is one. */
export function compareSiblings(
  expected: readonly ExpectedSpan[],
  nodes: readonly TreeNode[],
  comparison: Comparison,
  extraHere: Comparison['extra'] = comparison.extra,
): Diff[] {
  const slots = slotsOf(expected, nodes.length);
  const diffs = memo((slot: number, item: number) => compareSpan(slots[slot]?.span, nodes[item], comparison));
  const exact = pair(slots.length, nodes.length, (slot, item) => problemsOf(diffs(slot, item)) === 0);
  const paired = withNearest(exact, slots.length, nodes.length, diffs);
  const taken = new Set(paired.values());
  const found = slots.map(({ span, required }, slot) => {
    const item = paired.get(slot);
    if (item !== undefined) return diffs(slot, item);
    return required ? missing(span) : undefined;
  });
  const others = nodes.filter((_node, item) => !taken.has(item));
  const surplus = others.filter(
    ({ span }) => extraHere === 'forbid' || expected.some((each) => isMeant(each, span)),
  );
  return [...found.filter((diff) => diff !== undefined), ...surplus.map(unexpected)];
}

interface Slot {
  span: ExpectedSpan;
  required: boolean;
}

/** One slot for each span that may be there, those that must be there first. */
function slotsOf(expected: readonly ExpectedSpan[], most: number): Slot[] {
  const slots = expected.flatMap((span) => {
    const { min, max } = boundsOf(span);
    const size = Math.max(min, Math.min(max, most));
    return Array.from({ length: size }, (_unused, index): Slot => ({ span, required: index < min }));
  });
  return [...slots.filter(({ required }) => required), ...slots.filter(({ required }) => !required)];
}

type DiffOf = (slot: number, item: number) => Diff | undefined;

function memo(compare: DiffOf): DiffOf {
  const known = new Map<string, Diff | undefined>();
  return (slot, item) => {
    const key = `${slot}/${item}`;
    if (!known.has(key)) known.set(key, compare(slot, item));
    return known.get(key);
  };
}

function problemsOf(diff: Diff | undefined): number {
  return diff === undefined ? Infinity : countProblems(diff);
}

/** Adds pairs that differ, the least different first, so that a difference is shown at the span that was meant. */
function withNearest(
  exact: ReadonlyMap<number, number>,
  slots: number,
  items: number,
  diffs: DiffOf,
): Map<number, number> {
  const paired = new Map(exact);
  const taken = new Set(exact.values());
  const candidates = Array.from({ length: slots }, (_unused, slot) => slot)
    .filter((slot) => !paired.has(slot))
    .flatMap((slot) => Array.from({ length: items }, (_unused, item) => ({ slot, item })))
    .map((candidate) => ({ ...candidate, problems: problemsOf(diffs(candidate.slot, candidate.item)) }))
    .filter(({ problems }) => problems !== Infinity)
    .toSorted((a, b) => a.problems - b.problems);
  for (const { slot, item } of candidates) {
    if (paired.has(slot) || taken.has(item)) continue;
    paired.set(slot, item);
    taken.add(item);
  }
  return paired;
}

/** Whether the span is the one that the expectation is about, by name, service and kind. */
function isMeant({ name, service = '*', kind }: ExpectedSpan, span: Span): boolean {
  const sameKind = kind === undefined || kind === span.kind;
  return sameKind && matchesText(span.name, name) && matchesText(span.service, service);
}

function compareSpan(
  expected: ExpectedSpan | undefined,
  node: TreeNode | undefined,
  comparison: Comparison,
): Diff | undefined {
  if (!expected || !node || !isMeant(expected, node.span)) return undefined;
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

/** The span and all that hangs under it, as found and not expected. */
export function unexpected({ span, children }: TreeNode): Diff {
  return { mark: '+', text: labelOf(span), details: [], children: children.map(unexpected) };
}
