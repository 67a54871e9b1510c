import type { Match } from '../context.ts';
import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const rootConsumer: Rule = {
  id: 'root-consumer',
  severity: 'error',
  definition:
    'A CONSUMER span begins a trace and links to nothing. Who sent what it took is not known, or only likely: no system, destination and message id name it.',
  sources: ['https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/'],
  cannotKnow:
    'Whether the sender is instrumented at all, or was before what was read. A sender that is named is the one that fits best: by an id that only looks alike, a key, or the order in which messages were sent.',
  mend: 'Inject where the message is sent and extract where it is taken. If somebody else sends, ignore the finding and give that as the reason.',
  find: (context) => [
    ...hopsOf(context, 'root-consumer'),
    ...context.messages.withoutSender
      .filter((span) => !context.isClaimed(span))
      .map((to): Match => ({
        certainty: 'likely',
        to,
        evidence: [
          `${context.label(to)} has no parent and no link.`,
          'No span that was read sent to its destination at that time.',
        ],
      })),
  ],
};
