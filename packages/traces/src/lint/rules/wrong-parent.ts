import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongParent: Rule = {
  id: 'wrong-parent',
  severity: 'error',
  definition:
    'The receiver of a message or a Job is in the right trace, but it is neither below the span that sent it nor linked to that span.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    'Whether the parent was chosen on purpose, for example to show the receiver below the span that called the sender.',
  mend: "Inject while the span that sends or launches is current. If you capture the context earlier, it is the context of that span's caller.",
  find: (context) => hopsOf(context, 'wrong-parent'),
};
