import { rules } from '../../packages/traces/src/lint/rules/index.ts';
import { RULES_PAGE } from '../../packages/traces/src/lint/page.ts';
import { SCORE_METHOD } from '../../packages/traces/src/lint/score.ts';
import { code, formatPage, madeFrom, type Page } from './page.ts';

/** What `traces lint` looks for, rule by rule. */
export const lintRules: Page = { path: RULES_PAGE, render };

async function render(): Promise<string> {
  return formatPage([
    '# Rules of traces lint',
    madeFrom('the rules in packages/traces/src/lint/rules'),
    `[${code('traces lint')}](../../packages/traces/README.md#find-where-a-trace-broke) finds where a trace broke, in any system. \`npx traces lint --explain RULE\` shows the same as this page.`,
    `A finding is ${code('certain')} if ids match, and ${code('likely')} if only names and times do. If several rules apply to one hop, only the first on this page reports it. These are not findings: several receivers of a message, retries, batches with links, and a consumer that is a child, links, or does both.`,
    ...rules.map(({ id, severity, definition, sources, cannotKnow, mend }) =>
      [
        `## ${id}`,
        `${severity[0]?.toUpperCase()}${severity.slice(1)}. ${definition}`,
        `**Fix it.** ${mend}`,
        `**What it cannot know.** ${cannotKnow}`,
        `**Sources.** ${sources.map((source) => `<${source}>`).join(', ')}`,
      ].join('\n\n'),
    ),
    '## The score',
    SCORE_METHOD,
  ]);
}
