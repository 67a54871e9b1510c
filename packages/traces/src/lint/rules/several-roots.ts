import type { LintContext, Match } from '../context.ts';
import { NO_PARENT } from '../model/forest.ts';
import type { Rule } from './rule.ts';

export const severalRoots: Rule = {
  id: 'several-roots',
  severity: 'warning',
  definition: 'A trace has more than one span without a parent.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/'],
  cannotKnow: 'Whether several pieces of work share a trace id on purpose.',
  mend: 'Pass on the whole context, not only the trace id. A span that is created with only a trace id has no parent.',
  find: tracesWithRoots,
};

function tracesWithRoots({ forest, isClaimed, label }: LintContext): Match[] {
  const { store } = forest;
  const firstRoot = new Int32Array(store.traces.size).fill(-1);
  const several = new Map<number, number[]>();
  for (const span of forest.order) {
    if (forest.parentOf(span) !== NO_PARENT || isClaimed(span)) continue;
    const trace = store.trace.at(span);
    const first = firstRoot[trace] ?? -1;
    if (first < 0) firstRoot[trace] = span;
    else {
      const roots = several.get(trace) ?? [first];
      roots.push(span);
      several.set(trace, roots);
    }
  }
  return [...several.values()].map((roots): Match => {
    const [from = 0, to = 0] = roots.toSorted(store.byStart);
    const evidence = [`The trace has ${roots.length} roots, among them ${label(from)} and ${label(to)}.`];
    return { certainty: 'certain', from, to, evidence, also: roots };
  });
}
