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
    `[${code('traces lint')}](../../packages/traces/README.md#find-where-a-trace-broke) finds where a trace broke, in any system that uses OpenTelemetry. This page describes each of its rules. \`npx traces lint --explain RULE\` prints the section of one rule. A setting that a rule names, such as ${code('clock')}, belongs in the file that you pass with ${code('--config')}.`,
    `Each finding says how sure the rule is. It is ${code('certain')} if the ids of two spans match, and ${code('likely')} if only their names and times match. If several rules apply to the same sender and receiver, only the first of these rules on this page reports it. Some things are never findings: several receivers of one message, retries, and batches with links. A consumer is also correct if it is a child of its sender, links to its sender, or both.`,
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
    SCORE_METHOD,
  ]);
}
