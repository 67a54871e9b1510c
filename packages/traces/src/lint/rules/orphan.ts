import { orphans } from '../hops/orphans.ts';
import type { Rule } from './rule.ts';

export const orphan: Rule = {
  id: 'orphan',
  severity: 'error',
  definition: 'A span names a parent, but its trace has no span with that id.',
  sources: [
    'https://github.com/instrumentation-score/spec/blob/main/rules/SPA-002.md',
    'https://opentelemetry.io/docs/specs/otel/trace/api/',
  ],
  cannotKnow:
    'Whether the parent is still running, was dropped on its way, or belongs to a service that sends its spans elsewhere.',
  mend: 'Check whether the service that should have created the parent exports its spans to the same place. Also check whether its process ended before it had sent its spans.',
  find: (context) => orphans(context, { unsampled: false }),
};
