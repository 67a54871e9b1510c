import { boundlessTraces } from '../hops/boundless-traces.ts';
import type { Rule } from './rule.ts';

export const unbounded: Rule = {
  id: 'unbounded',
  severity: 'warning',
  definition: 'A trace has more spans, lasts longer, or tries one thing more often than was set.',
  sources: ['https://opentelemetry.io/docs/concepts/signals/traces/#span-links'],
  cannotKnow: 'Whether that much work belongs together.',
  mend: 'End the trace where the work becomes another piece: begin a new one with a link, for each run of a schedule and after so many attempts.',
  find: boundlessTraces,
};
