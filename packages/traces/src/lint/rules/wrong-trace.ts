import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongTrace: Rule = {
  id: 'wrong-trace',
  severity: 'error',
  definition:
    'What took up a message or a Job continues a trace, and it is not that of its sender or launcher.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow: 'Which of two traces is the one that you want, where a sender is known twice by the same id.',
  mend: 'Inject again with each write: a context that comes with a copied document, a template or an inherited environment names old work. Extract for each message, not once for the worker.',
  find: (context) => hopsOf(context, 'wrong-trace'),
};
