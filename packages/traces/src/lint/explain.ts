import type { RuleId } from './finding.ts';
import { ruleOf } from './rules/index.ts';
import { pageOf } from './page.ts';

/** Returns the description of a rule, for `--explain`. */
export function explain(id: RuleId): string {
  const { severity, definition, sources, cannotKnow, mend } = ruleOf(id);
  return [
    `${id} (${severity})`,
    '',
    definition,
    '',
    `Fix it: ${mend}`,
    '',
    `What it cannot know: ${cannotKnow}`,
    '',
    'Sources:',
    ...sources.map((source) => `  ${source}`),
    '',
    `Page: ${pageOf(id)}`,
  ].join('\n');
}
