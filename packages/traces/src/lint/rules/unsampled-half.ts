import { missingLinkTargets } from '../hops/missing-link-targets.ts';
import { orphans } from '../hops/orphans.ts';
import type { Rule } from './rule.ts';

export const unsampledHalf: Rule = {
  id: 'unsampled-half',
  severity: 'info',
  definition:
    'A span names another span as its parent or in a link, but that other span is missing. The trace flags in the context say that the other span was not sampled. So it was never recorded, and no data was lost.',
  sources: [
    'https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto',
    'https://www.w3.org/TR/trace-context/#sampled-flag',
  ],
  cannotKnow: 'Why the missing span was not sampled.',
  mend: 'Decide about sampling only at the root span, and let all other services follow the sampled flag (parent-based sampling).',
  find: (context) => [
    ...orphans(context, { unsampled: true }),
    ...missingLinkTargets(context, { unsampled: true }),
  ],
};
