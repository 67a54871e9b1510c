import type { Match } from '../context.ts';
import { hopsOf } from './broken-hops.ts';
import type { Rule } from './rule.ts';

export const rootConsumer: Rule = {
  id: 'root-consumer',
  severity: 'error',
  definition:
    'A CONSUMER span starts a trace and has no link. No span that sent a message has the same messaging system, destination, and message id. So the sender is unknown, or only a guess.',
  sources: ['https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/'],
  cannotKnow:
    'Whether the sender is instrumented at all, and whether it sent the message earlier than all spans that `traces lint` read. If the finding names a sender, that sender is only the best guess, based on a similar id, a key, or the order of the messages.',
  mend: 'Inject the context where the message is sent, and extract it where the message is received. If the sender belongs to someone else, list the finding under `ignore` in the file that you pass with `--config`, and give that as the reason.',
  find: (context) => [
    ...hopsOf(context, 'root-consumer'),
    ...context.messages.withoutSender
      .filter((span) => !context.isClaimed(span))
      .map((to): Match => ({
        certainty: 'likely',
        to,
        evidence: [
          `${context.label(to)} has no parent and no link.`,
          'No span sent a message to its destination at that time.',
        ],
      })),
  ],
};
