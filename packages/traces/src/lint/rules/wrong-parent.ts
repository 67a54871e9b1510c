import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongParent: Rule = {
  id: 'wrong-parent',
  severity: 'error',
  definition:
    'The span of the receiver of a message, or of the program in a Job, is in the right trace. But it is neither below the span that sent the message or launched the Job, nor linked to that span.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    "Whether the parent was chosen on purpose, for example so that the receiver's span is a sibling of the sender's span.",
  mend: 'Inject the context while the span that sends the message or creates the Job is active. Before this span starts, the active context is still the context of its parent.',
  find: (context) => hopsOf(context, 'wrong-parent'),
};
