import { boundlessTraces } from '../hops/boundless-traces.ts';
import type { Rule } from './rule.ts';

export const unbounded: Rule = {
  id: 'unbounded',
  severity: 'warning',
  definition:
    'A trace has more spans than the setting `maxSpans` allows, lasts longer than `maxTrace`, or contains more than `maxAttempts` attempts at the same message or Job.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether so much work belongs in one trace.',
  mend: 'Start a new trace, with a link to the old one, where a new piece of work begins. Examples are each run of a schedule, and a retry after many attempts.',
  find: boundlessTraces,
};
