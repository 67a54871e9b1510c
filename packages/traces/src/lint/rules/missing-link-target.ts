import { missingLinkTargets } from '../hops/missing-link-targets.ts';
import type { Rule } from './rule.ts';

export const missingLinkTarget: Rule = {
  id: 'missing-link-target',
  severity: 'warning',
  definition: 'A span links to a span that is not among the spans that were read.',
  sources: [
    'https://opentelemetry.io/docs/specs/otel/trace/api/#link',
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
  ],
  cannotKnow: 'Whether the missing span is older than the traces that were read, or is stored elsewhere.',
  mend: 'Read older traces as well. If the span is still missing, check whether the service that should have created it exports its spans, and whether its sampler drops them.',
  find: (context) => missingLinkTargets(context, { unsampled: false }),
};
