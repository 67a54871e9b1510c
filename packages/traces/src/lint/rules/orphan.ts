import { orphans } from '../hops/orphans.ts';
import type { Rule } from './rule.ts';

export const orphan: Rule = {
  id: 'orphan',
  severity: 'error',
  definition: 'Spans have a parent that is not in their trace.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-002.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether the parent is still running, was dropped on its way, or belongs to a service that sends its spans elsewhere.',
  mend: 'Check whether the service that should have created the parent exports to the same place, and whether its process ended before its spans were sent.',
  find: (context) =>
    orphans(context)
      .filter(({ isUnsampled }) => !isUnsampled)
      .map(({ match }) => match),
};
