import type { LintContext, Match } from '../context.ts';
import { sharedContexts } from '../hops/firings.ts';
import type { Rule } from './rule.ts';

export const sharedContext: Rule = {
  id: 'shared-context',
  severity: 'error',
  definition:
    'Several messages, Jobs, or runs of a schedule share one context, although each should have its own.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    'Whether one span sent the messages together on purpose. Below, the shared span is the span whose context the messages share. If its messaging.batch.message_count is 2 or more, the rule assumes a batch, and reports nothing. Otherwise, the rule looks at the period in which the messages were processed. Messages that were sent together are processed without long pauses. So the rule reports the messages if, for more than half of the period, no message was being processed. It also reports them if the period is longer than an hour. This limit does not apply if the shared span is a PRODUCER span, which may have sent a long series of messages. But if a PRODUCER span has a message id, it sent only one message. The rule then reports the messages even if they were processed without pauses.',
  mend: "Capture a new context for each message or run. Don't store a context in a schedule, in the template of a CronJob, or in a document that is read again. Or let each run start a new trace, which links to the shared context.",
  find: (context) => sharedContexts(context).map((shared) => matchOf(context, shared)),
};

function matchOf(
  context: LintContext,
  { parent, firings, all, isCertain }: ReturnType<typeof sharedContexts>[number],
): Match {
  const [first = 0, second = first] = firings;
  const on = parent === undefined ? 'a span that is missing' : context.label(parent);
  return {
    certainty: isCertain ? 'certain' : 'likely',
    ...(parent !== undefined && { from: parent }),
    to: second,
    also: all,
    evidence: [
      `${firings.length} pieces of work, such as ${context.label(second)}, share the context of ${on}. Each should have its own.`,
    ],
  };
}
