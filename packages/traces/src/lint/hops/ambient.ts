import { OPERATION } from '../model/facts.ts';
import { ABSENT_PARENT, NO_PARENT, type Forest } from '../model/forest.ts';
import { KIND, type Link } from '../model/span-store.ts';

/** The number of spans to search for links. One span may receive a batch, and process it in spans below. */
const MAX_STEPS = 16;

/** Yields the links of a span and of its ancestors in the same process. */
export function* linksAbove(forest: Forest, span: number): Generator<Link> {
  let at = span;
  for (let steps = 0; at >= 0 && steps < MAX_STEPS; steps++) {
    yield* forest.store.linksOf(at);
    const parent = forest.parentOf(at);
    if (parent < 0 || !forest.areOneProcess(parent, span)) return;
    at = parent;
  }
}

/**
 * Reports whether a span continues a trace that began elsewhere: in another process, in a span that is missing, or in finished or other
 * work of its own process. A span that only wraps a consumer doesn't count.
 */
export function continuesElsewhere(forest: Forest, span: number, sendAbove: Int32Array): boolean {
  const entry = forest.entryOf(span);
  if (entry < 0 || forest.parentOf(entry) !== NO_PARENT) return true;
  if (entry === span) return false;
  if ((sendAbove[span] ?? -1) >= 0) return true;
  const { store } = forest;
  const operation = store.messages.get(entry)?.operation;
  if (operation === OPERATION.RECEIVE || store.invocations.has(entry)) return false;
  if (store.kind.at(entry) === KIND.SERVER || operation === OPERATION.PROCESS) return true;
  return store.end.at(entry) < store.start.at(span);
}

/**
 * Returns the top of the tree that contains a span, unless it is the span itself. If the span is in the wrong trace, other rules don't
 * report that top.
 */
export function topAbove(forest: Forest, span: number): number[] {
  const top = forest.topOf(span);
  return top < 0 || top === span ? [] : [top];
}

/** Describes where the trace of a span came from, as far as it is known. */
export function whatItContinues(forest: Forest, span: number): string {
  const top = forest.topOf(span);
  if (top < 0) return 'a trace whose parents form a circle';
  if (forest.parentOf(top) === ABSENT_PARENT)
    return `the trace of the span ${forest.store.parentIdOf(top)}, which is missing`;
  return `the trace of ${forest.store.labelOf(top)}`;
}
