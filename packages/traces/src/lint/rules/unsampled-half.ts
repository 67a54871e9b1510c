import { missingLinkTargets } from '../hops/missing-link-targets.ts';
import { orphans } from '../hops/orphans.ts';
import type { Rule } from './rule.ts';

export const unsampledHalf: Rule = {
  id: 'unsampled-half',
  severity: 'info',
  definition:
    'A span names a parent or a link that is not there, and the flags say that it was not sampled: nothing was lost, it was never recorded.',
  sources: [
    'https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto',
    'https://www.w3.org/TR/trace-context/#sampled-flag',
  ],
  cannotKnow: 'Why it was not sampled.',
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
