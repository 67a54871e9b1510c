import { ABSENT_PARENT, NO_PARENT, type Forest } from '../model/forest.ts';
import { KIND, type Link } from '../model/span-store.ts';

/** How far up a span's own process links are looked for: a batch is received by one span and processed under it. */
const MAX_STEPS = 16;

/** The links of a span, and of those above it in its own process: what the process took up when it got to work. */
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
 * Whether a span hangs in a trace that came from elsewhere. It may come from another process, from a span that is not there, or from
 * work of its own process that was over or was about something else. A consumer below a span that only wraps it does not.
 */
export function continuesElsewhere(forest: Forest, span: number, sendAbove: Int32Array): boolean {
  const entry = forest.entryOf(span);
  if (entry < 0 || forest.parentOf(entry) !== NO_PARENT) return true;
  if (entry === span) return false;
  if ((sendAbove[span] ?? -1) >= 0) return true;
  const { store } = forest;
  const operation = store.messages.get(entry)?.operation;
  if (operation === 'receive' || store.invocations.has(entry)) return false;
  if (store.kind.at(entry) === KIND.SERVER || operation === 'process') return true;
  return store.end.at(entry) < store.start.at(span);
}

/** The span that the trace of another one begins with: where that trace is the wrong one, nothing else is to be said of it. */
export function topAbove(forest: Forest, span: number): number[] {
  const top = forest.topOf(span);
  return top < 0 || top === span ? [] : [top];
}

/** What is known of where the trace that a span is in came from. */
export function whatItContinues(forest: Forest, span: number): string {
  const top = forest.topOf(span);
  if (top < 0) return 'a trace whose parents form a circle';
  if (forest.parentOf(top) === ABSENT_PARENT)
    return `the trace of the span ${forest.store.parentIdOf(top)}, which is missing`;
  return `the trace of ${forest.store.labelOf(top)}`;
}
