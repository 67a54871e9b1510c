import { missingLinkTargets } from '../hops/missing-link-targets.ts';
import type { Rule } from './rule.ts';

export const missingLinkTarget: Rule = {
  id: 'missing-link-target',
  severity: 'warning',
  definition: 'A span links to a span that is not there.',
  sources: [
    'https://opentelemetry.io/docs/specs/otel/trace/api/#link',
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
  ],
  cannotKnow: 'Whether it is older than what was read, or kept elsewhere.',
  mend: 'Read further back. If it is not there either, look whether the linked service exports its spans, and whether its sampler drops them.',
  find: (context) =>
    missingLinkTargets(context)
      .filter(({ isUnsampled }) => !isUnsampled)
      .map(({ match }) => match),
};
