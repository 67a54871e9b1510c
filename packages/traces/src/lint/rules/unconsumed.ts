import type { LintContext, Match } from '../context.ts';
import { takenUnnamed } from '../hops/unnamed-messages.ts';
import { KIND } from '../model/span-store.ts';
import type { Rule } from './rule.ts';

export const unconsumed: Rule = {
  id: 'unconsumed',
  severity: 'warning',
  definition:
    'A message was sent, but no consumer received it within the time that the setting `unconsumedAfter` allows. Without this setting, the rule is off.',
  sources: ['https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/'],
  cannotKnow:
    'Whether anything should consume the message, whether the consumer is instrumented, and whether the message was rolled back with its transaction. The span of a batch may link to only some of the messages that it counts. The rule then assumes that the others are the last messages that were sent before the batch, and does not report them.',
  mend: 'Check whether the consumer runs, and whether it creates a span for each message.',
  find: unconsumedMessages,
};

function unconsumedMessages({ forest, limits, messages, label }: LintContext): Match[] {
  const { unconsumedAfterMs, nowMs } = limits;
  const { store } = forest;
  if (unconsumedAfterMs === undefined) return [];
  let lastMs = 0;
  for (const span of forest.order)
    lastMs = Math.max(lastMs, store.end.at(span) > nowMs ? 0 : store.end.at(span));
  const left = messages.senders.filter(
    (span) => store.kind.at(span) === KIND.PRODUCER && !messages.consumed.has(span),
  );
  const inBatches = takenUnnamed(forest, left, nowMs);
  return left
    .filter((span) => lastMs - store.end.at(span) >= unconsumedAfterMs && !inBatches.has(span))
    .map((from) => ({
      certainty: 'likely',
      from,
      evidence: [
        `No span received the message that ${label(from)} sent ${Math.round(lastMs - store.end.at(from))} ms before the last span ended.`,
      ],
    }));
}
