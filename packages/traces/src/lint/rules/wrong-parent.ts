import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongParent: Rule = {
  id: 'wrong-parent',
  severity: 'error',
  definition:
    'What took up a message or a Job is in the right trace, and neither under the span that sent it nor linked to it.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow: 'Whether the parent was chosen, as where a sender is taken for a detail of its caller.',
  mend: 'Inject while the span that sends or launches is the current one: what is captured before it began names its caller.',
  find: (context) => hopsOf(context, 'wrong-parent'),
};
