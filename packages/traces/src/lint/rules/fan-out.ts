import type { Rule } from './rule.ts';

export const fanOut: Rule = {
  id: 'fan-out',
  severity: 'warning',
  definition: 'A span has more children than was set.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether each of them is worth a span.',
  mend: 'Let receivers of a broadcast begin traces with a link; work off lists in batches with a span each.',
  find: ({ forest, limits, label }) =>
    [...forest.order]
      .filter((span) => (forest.childCount[span] ?? 0) > limits.maxChildren)
      .map((from) => ({
        certainty: 'certain',
        from,
        evidence: [
          `${label(from)} has ${forest.childCount[from]} children, more than ${limits.maxChildren}.`,
        ],
      })),
};
