import type { Rule } from './rule.ts';

export const duplicateId: Rule = {
  id: 'duplicate-id',
  severity: 'error',
  definition: 'Two different spans of one trace have the same id.',
  sources: ['https://opentelemetry.io/docs/specs/otel/trace/api/#spancontext'],
  cannotKnow: 'Which of the two spans is the parent of a span that names this id as its parent.',
  mend: 'Look for a process that was copied together with the state of its random number generator, for example by a fork or from a snapshot. Also look for code that sets span ids itself.',
  find: ({ forest, label }) =>
    forest.index.duplicates.map(({ first, second }) => ({
      certainty: 'certain',
      from: first,
      to: second,
      evidence: [`${label(first)} and ${label(second)} both have the id ${forest.store.spanIdOf(first)}.`],
    })),
};
