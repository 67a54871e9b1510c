import { rules } from '../../packages/traces/src/lint/rules/index.ts';
import { RULES_PAGE } from '../../packages/traces/src/lint/page.ts';
import { SCORE_METHOD } from '../../packages/traces/src/lint/score.ts';
import { code, formatPage, madeFrom, type Page } from './page.ts';

/** The page that describes each rule of `traces lint`. */
export const lintRules: Page = { path: RULES_PAGE, render };

async function render(): Promise<string> {
  return formatPage([
    '# Rules of traces lint',
    madeFrom('the rules in packages/traces/src/lint/rules'),
    `[${code('traces lint')}](../../packages/traces/README.md#find-where-a-trace-broke) finds where a trace broke, in any system that uses OpenTelemetry. This page describes each of its rules. \`npx traces lint --explain RULE\` prints the section of one rule.`,
    'The page uses these words of OpenTelemetry:',
    [
      '- The **context** names the current span and its trace. The sender of a message, the client of a request, or the launcher of a Job **injects** the context. The receiver **extracts** it, so that its span can join the trace.',
      '- A **link** is a reference from a span to another span, usually in another trace.',
      '- A **root** is a span without a parent.',
      '- Each span has a **kind**. A PRODUCER span sends a message, and a CONSUMER span receives or processes it. A CLIENT span makes a request, and a SERVER span answers it. An INTERNAL span is work within a process.',
      '- **Sampling** decides which traces are recorded.',
    ].join('\n'),
    `The severity of a finding is ${code('error')}, ${code('warning')}, or ${code('info')}. By default, the exit code is 1 if at least one finding is an error. You can change this with the option ${code('--fail-on')}. If several rules apply to the same sender and receiver, only the rule that comes first on this page reports a finding.`,
    `Each finding also says how sure the rule is, with ${code('certain')} or ${code('likely')}. For example, a finding about a sender and a receiver is ${code('certain')} if their spans contain the same id, such as a message id. It is ${code('likely')} if only names and times match.`,
    'Some things are never findings: several receivers of one message, retries, and a batch whose span links to the senders of its messages. A receiver is correct if its span is below the span of its sender, links to that span, or both.',
    `Some rules name a setting, such as ${code('clock')}. You can change it in the file that you pass with ${code('--config')}, or with an option, such as ${code('--clock')}. ${code('npx traces lint --help')} prints the defaults.`,
    ...rules.map(({ id, severity, definition, sources, cannotKnow, mend }) =>
      [
        `## ${id}`,
        `**Severity: ${severity}.** ${definition}`,
        `**How to fix it.** ${mend}`,
        `**The rule cannot know** ${cannotKnow[0]?.toLowerCase()}${cannotKnow.slice(1)}`,
        `**Sources.** ${sources.map((source) => `<${source}>`).join(', ')}`,
      ].join('\n\n'),
    ),
    '## The score',
    `At the end of its output, ${code('traces lint')} also prints a score for each service, with this explanation:`,
    SCORE_METHOD,
  ]);
}
