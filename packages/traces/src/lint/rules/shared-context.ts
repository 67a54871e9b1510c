import type { LintContext, Match } from '../context.ts';
import { sharedContexts } from '../hops/firings.ts';
import type { Rule } from './rule.ts';

export const sharedContext: Rule = {
  id: 'shared-context',
  severity: 'error',
  definition:
    'Several messages, Jobs or firings of a schedule hang on one context, though each should have its own.',
  sources: [
    'https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/',
    'https://opentelemetry.io/docs/specs/semconv/resource/k8s/',
  ],
  cannotKnow:
    'Whether one span sent them together. With messaging.batch.message_count on it, they are right.',
  mend: 'Capture the context for each message or firing. A schedule, a template of a CronJob and a document that is read again carry none, or are linked.',
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
      `${firings.length} firings of ${context.label(second)} hang on ${on}, each about something else.`,
    ],
  };
}
