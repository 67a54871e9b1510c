import type { LintContext, Match } from '../context.ts';
import type { Rule } from './rule.ts';

export const fanOut: Rule = {
  id: 'fan-out',
  severity: 'warning',
  definition: 'A span has more children than the setting `maxChildren` allows.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether you need a separate span for each child.',
  mend: 'If many receivers get the same message, let each of them start a new trace with a link. Process long lists in batches, with one span for each batch.',
  find: parentsOfMany,
};

function* parentsOfMany({ forest, limits, label }: LintContext): Generator<Match> {
  for (const from of forest.order) {
    const count = forest.childCount[from] ?? 0;
    if (count <= limits.maxChildren) continue;
    const evidence = [`${label(from)} has ${count} children, more than ${limits.maxChildren}.`];
    yield { certainty: 'certain', from, evidence };
  }
}
