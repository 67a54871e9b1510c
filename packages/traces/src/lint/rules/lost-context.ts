import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const lostContext: Rule = {
  id: 'lost-context',
  severity: 'error',
  definition:
    'A message was sent, a Job was launched, or a request was made. The receiver, the program in the Job, or the server started a separate trace, which does not link to the sender.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
    'https://opentelemetry.io/docs/specs/semconv/http/http-spans/',
  ],
  cannotKnow:
    'Whether the break is intended. For example, a public endpoint may start traces on purpose. Also, HTTP requests have no id. If several similar requests run at the same time, the rule may pair the wrong client and server. So a finding about a request is only `likely`.',
  mend: 'Inject the context where the message is written, the Job is created, or the request is made, and extract it in the receiver. If you want a new trace, let it link to the sender.',
  find: (context) => hopsOf(context, 'lost-context'),
};
