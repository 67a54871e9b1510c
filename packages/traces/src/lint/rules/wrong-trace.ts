import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const wrongTrace: Rule = {
  id: 'wrong-trace',
  severity: 'error',
  definition:
    'The receiver of a message, or the program in a Job, continues a trace, but not the trace of the sender or the launcher.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow: 'Which of two traces is the right one, if two senders use the same message id.',
  mend: 'Inject the current context each time you write a message or create a Job. A copied document, a template, or an inherited environment may still contain the context of earlier work. In the receiver, extract the context of each message, not only once when the worker starts.',
  find: (context) => hopsOf(context, 'wrong-trace'),
};
