import { counted } from '../../draw/text.ts';
import { groupBy } from '../../tree/group-by.ts';
import type { LintContext, Match } from '../context.ts';
import { ABSENT_PARENT } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';

/** Spans that name the same missing parent. */
export interface Orphans {
  match: Match;
  /** Whether the flags say that the parent's trace was not sampled. */
  isUnsampled: boolean;
}

/** Returns one entry for each missing parent, and one for each trace in which parents form a circle. */
export function orphans(context: LintContext): Orphans[] {
  const { forest, isClaimed } = context;
  const { store } = forest;
  const lost = forest.order.filter((span) => forest.parentOf(span) === ABSENT_PARENT && !isClaimed(span));
  const byParent = groupBy(
    lost,
    (span) => `${store.trace.at(span)}/${store.parentHigh.at(span)}/${store.parentLow.at(span)}`,
  );
  const elsewhere = spansById(context, byParent.size > 0);
  return [
    ...[...byParent.values()].map((spans) => orphansOf(context, spans, elsewhere)),
    ...circles(context),
  ];
}

const SAMPLED = 1;
/** OTLP's masks: whether the flags say where the parent is, and whether the parent is in another process. */
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

function orphansOf(context: LintContext, spans: readonly number[], elsewhere: Map<string, number>): Orphans {
  const { forest, label } = context;
  const { store } = forest;
  const sorted = spans.toSorted(store.byStart);
  const [to = 0] = sorted;
  const flags = store.flags.at(to);
  const from = elsewhere.get(store.parentIdOf(to));
  const isKnown = (flags & HAS_IS_REMOTE) !== 0;
  const evidence = [
    `${label(to)}${spans.length > 1 ? ` and ${counted(spans.length - 1, 'more span')} name` : ' names'} the parent ${store.parentIdOf(to)}, which is not in the trace.`,
    ...(isKnown
      ? [`The parent is in ${(flags & IS_REMOTE) === 0 ? 'the same process' : 'another process'}.`]
      : []),
    ...(from === undefined ? [] : [`A span with that id is in trace ${store.traceIdOf(from)}.`]),
  ];
  return {
    isUnsampled: isKnown && (flags & SAMPLED) === 0,
    match: {
      certainty: 'certain',
      to,
      also: sorted,
      evidence,
      ...(from !== undefined && { from }),
      ...(isEntry(context, to, spans) && { severity: 'warning' as const }),
    },
  };
}

/** Reports whether an orphan is a request from outside, whose caller may export its spans elsewhere. */
function isEntry({ forest }: LintContext, span: number, spans: readonly number[]): boolean {
  if (forest.store.kind.at(span) !== KIND.SERVER || spans.length > 1) return false;
  for (const other of forest.spansOfTrace(forest.store.trace.at(span)))
    if (forest.topOf(other) !== span) return false;
  return true;
}

/** Returns spans by their id alone, because a missing parent may be in another trace. */
function spansById({ forest }: LintContext, isNeeded: boolean): Map<string, number> {
  const found = new Map<string, number>();
  const wanted = new Set<string>();
  if (!isNeeded) return found;
  for (const span of forest.order)
    if (forest.parentOf(span) === ABSENT_PARENT) wanted.add(forest.store.parentIdOf(span));
  for (const span of forest.order) {
    const id = forest.store.spanIdOf(span);
    if (wanted.has(id)) found.set(id, span);
  }
  return found;
}

function circles({ forest, label }: LintContext): Orphans[] {
  const seen = new Set<number>();
  return forest.circular.flatMap((span): Orphans[] => {
    const trace = forest.store.trace.at(span);
    if (seen.has(trace)) return [];
    seen.add(trace);
    const evidence = [`The parents of ${label(span)} form a circle, so it has no root.`];
    return [{ isUnsampled: false, match: { certainty: 'certain', to: span, evidence } }];
  });
}
