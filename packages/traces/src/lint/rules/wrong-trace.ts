import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongTrace: Rule = {
  id: 'wrong-trace',
  severity: 'error',
  definition:
    'The receiver of a message or a Job continues a trace, but not the trace of its sender or launcher.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow: 'Which of two traces is the right one, if two senders use the same message id.',
  mend: 'Inject again with each write, because the context in a copied document, a template, or an inherited environment belongs to old work. Extract for each message, not once for the worker.',
  find: (context) => hopsOf(context, 'wrong-trace'),
};
