import type { LintContext, Match } from '../context.ts';
import type { Forest } from '../model/forest.ts';
import { KIND } from '../model/span-store.ts';
import type { Rule } from './rule.ts';

export const unconsumed: Rule = {
  id: 'unconsumed',
  severity: 'warning',
  definition:
    'A message was sent, but no consumer received it within the time that the setting unconsumedAfter allows. Without this setting, the rule is off.',
  sources: ['https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/'],
  cannotKnow:
    'Whether anything should consume the message, whether the consumer is instrumented, and whether the message was rolled back with its transaction.',
  mend: 'Check whether the consumer runs, and whether it creates a span for each message.',
  find: unconsumedMessages,
};

function unconsumedMessages({ forest, limits, messages, label }: LintContext): Match[] {
  const { unconsumedAfterMs } = limits;
  const { store } = forest;
  if (unconsumedAfterMs === undefined) return [];
  let lastMs = 0;
  for (const span of forest.order)
    lastMs = Math.max(lastMs, store.end.at(span) > limits.nowMs ? 0 : store.end.at(span));
  const takenUntilMs = unnamedUntil(forest);
  return messages.senders
    .filter((span) => store.kind.at(span) === KIND.PRODUCER && !messages.consumed.has(span))
    .filter((span) => store.start.at(span) > (takenUntilMs.get(messages.facts(span).destination) ?? 0))
    .filter((span) => lastMs - store.end.at(span) >= unconsumedAfterMs)
    .map((from) => ({
      certainty: 'likely',
      from,
      evidence: [
        `Nothing consumed what ${label(from)} sent, ${Math.round(lastMs - store.end.at(from))} ms before the last span ended.`,
      ],
    }));
}

/** By destination: when the last batch was taken of which only some messages are linked to. An SDK keeps 128 links of a span. */
function unnamedUntil({ store }: Forest): Map<number, number> {
  const until = new Map<number, number>();
  for (const [span, { operation, destination, batch }] of store.messages) {
    const links = [...store.linksOf(span)].length;
    if (operation === 'send' || operation === 'settle' || links === 0 || links >= batch) continue;
    until.set(destination, Math.max(store.end.at(span), until.get(destination) ?? 0));
  }
  return until;
}
