import type { Rule } from './rule.ts';

export const rootConsumer: Rule = {
  id: 'root-consumer',
  severity: 'error',
  definition:
    'A CONSUMER span begins a trace and links to nothing, and nothing that was read sent what it took.',
  sources: ['https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/'],
  cannotKnow: 'Whether the sender is instrumented at all, or was before what was read.',
  mend: 'Inject where the message is sent and extract where it is taken. If the sender is none of yours, let the consumer be: ignore it with that as the reason.',
  find: (context) =>
    context.messages.withoutSender
      .filter((span) => !context.isClaimed(span))
      .map((to) => ({
        certainty: 'likely',
        to,
        evidence: [
          `${context.label(to)} has no parent and no link.`,
          'No span that was read sent to its destination at that time.',
        ],
      })),
};
