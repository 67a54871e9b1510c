import { missingLinkTargets } from '../hops/missing-link-targets.ts';
import { orphans } from '../hops/orphans.ts';
import type { Rule } from './rule.ts';

export const unsampledHalf: Rule = {
  id: 'unsampled-half',
  severity: 'info',
  definition:
    'The parent of a span, or a span to which it links, is missing. The flags say that the missing span was not sampled, so it was never recorded, and nothing was lost.',
  sources: [
    'https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto',
    'https://www.w3.org/TR/trace-context/#sampled-flag',
  ],
  cannotKnow: 'Why the missing span was not sampled.',
  mend: 'Decide only at the root, and let all other services follow the flag (parent-based sampling).',
  find: (context) => [
    ...orphans(context)
      .filter(({ isUnsampled }) => isUnsampled)
      .map(({ match }) => match),
    ...missingLinkTargets(context)
      .filter(({ isUnsampled }) => isUnsampled)
      .map(({ match }) => match),
  ],
};
