import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const lostContext: Rule = {
  id: 'lost-context',
  severity: 'error',
  definition:
    'A message was sent, a Job launched or a request made, and its receiver began a trace of its own that neither continues nor links to it.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
    'https://opentelemetry.io/docs/specs/semconv/http/http-spans/',
  ],
  cannotKnow:
    'Whether the break is meant: a public endpoint may begin traces on purpose. Requests have no id; of several alike at one time the wrong two may be paired, so a request is likely and not more.',
  mend: 'Inject the context where the message is written, the Job created or the request made, and extract it where that is taken up. Where a new trace is meant, link it.',
  find: (context) => hopsOf(context, 'lost-context'),
};
