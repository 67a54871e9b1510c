import { boundlessTraces } from '../hops/boundless-traces.ts';
import type { Rule } from './rule.ts';

export const unbounded: Rule = {
  id: 'unbounded',
  severity: 'warning',
  definition:
    'A trace has more spans, lasts longer, or retries the same message or Job more often than the settings `maxSpans`, `maxTrace`, and `maxAttempts` allow.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether so much work belongs together.',
  mend: 'Start a new, linked trace where a new piece of work begins: for each run of a schedule, and after a number of attempts.',
  find: boundlessTraces,
};
