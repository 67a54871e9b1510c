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
    'Whether one span sent the messages together. If a sending span has the attribute messaging.batch.message_count, the rule reports none of its messages. If it names no message, the rule reports none that were processed without long pauses.',
  mend: 'Capture the context for each message or run. A schedule, the template of a CronJob, and a document that is read again must carry no context, or start linked traces.',
  find: (context) => sharedContexts(context).map((shared) => matchOf(context, shared)),
};

function matchOf(
  context: LintContext,
  { parent, firings, all, isCertain }: ReturnType<typeof sharedContexts>[number],
): Match {
  const [first = 0, second = first] = firings;
  const on = parent === undefined ? 'a parent that is not there' : context.label(parent);
  return {
    certainty: isCertain ? 'certain' : 'likely',
    ...(parent !== undefined && { from: parent }),
    to: second,
    also: all,
    evidence: [
      `${firings.length} runs of ${context.label(second)} share the context of ${on}, each for different work.`,
    ],
  };
}
