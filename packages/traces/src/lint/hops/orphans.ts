import { counted } from '../../draw/text.ts';
import { groupBy } from '../../tree/group-by.ts';
import type { LintContext, Match } from '../context.ts';
import { isRemote, isUnsampled } from '../model/flags.ts';
import { ABSENT_PARENT, type Forest } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';

/**
 * Returns one match for each missing parent, and one for each trace in which parents form a circle. With `unsampled`, only for the
 * missing parents of which the flags say that they were not sampled, and otherwise only for the others.
 */
export function orphans(context: LintContext, { unsampled }: { unsampled: boolean }): Match[] {
  const { forest, isClaimed } = context;
  const { store } = forest;
  const lost = forest.order.filter((span) => forest.parentOf(span) === ABSENT_PARENT && !isClaimed(span));
  const elsewhere = parentsElsewhere(forest, lost);
  const byParent = groupBy(
    lost,
    (span) => `${store.trace.at(span)}/${store.parentHigh.at(span)}/${store.parentLow.at(span)}`,
  );
  const matches = [...byParent.values()]
    .map((spans) => spans.toSorted(store.byStart))
    .filter(([first = 0]) => isUnsampled(store.flags.at(first)) === unsampled)
    .map((spans) => matchOf(context, spans, elsewhere));
  return unsampled ? matches : [...matches, ...circles(context)];
}

function matchOf(context: LintContext, spans: readonly number[], elsewhere: Map<string, number>): Match {
  const { forest, label } = context;
  const { store } = forest;
  const [to = 0] = spans;
  const from = elsewhere.get(store.parentIdOf(to));
  const where = isRemote(store.flags.at(to));
  const evidence = [
    `${label(to)}${spans.length > 1 ? ` and ${counted(spans.length - 1, 'more span')} name` : ' names'} the parent ${store.parentIdOf(to)}, which is not in the trace.`,
    ...(where === undefined ? [] : [`The parent is in ${where ? 'another process' : 'the same process'}.`]),
    ...(from === undefined ? [] : [`A span with that id is in trace ${store.traceIdOf(from)}.`]),
  ];
  return {
    certainty: 'certain',
    to,
    also: spans,
    evidence,
    ...(from !== undefined && { from }),
    ...(isEntry(forest, to, spans) && { severity: 'warning' }),
  };
}

/** Reports whether an orphan is a request from outside, whose caller may export its spans elsewhere. */
function isEntry(forest: Forest, span: number, spans: readonly number[]): boolean {
  if (forest.store.kind.at(span) !== KIND.SERVER || spans.length > 1) return false;
  for (const other of forest.spansOfTrace(forest.store.trace.at(span)))
    if (forest.topOf(other) !== span) return false;
  return true;
}

/** Returns, by id alone, the spans that have the id of a missing parent, because the parent may be in another trace. */
function parentsElsewhere({ store, order }: Forest, lost: Int32Array): Map<string, number> {
  const found = new Map<string, number>();
  if (lost.length === 0) return found;
  const wanted = new Set(Array.from(lost, (span) => store.parentIdOf(span)));
  for (const span of order) {
    const id = store.spanIdOf(span);
    if (wanted.has(id)) found.set(id, span);
  }
  return found;
}

function circles({ forest, label }: LintContext): Match[] {
  const traces = groupBy(forest.circular, (span) => forest.store.trace.at(span));
  return [...traces.values()].map(([to = 0]) => ({
    certainty: 'certain',
    to,
    evidence: [`The parents of ${label(to)} form a circle, so it has no root.`],
  }));
}
