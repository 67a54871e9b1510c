import type { RuleId } from './finding.ts';

/** The page with all rules, relative to the root of this package's project. */
export const RULES_PAGE = 'docs/reference/lint-rules.md';

/**
 * Returns the place of a rule's description, relative to the root of the project. The description also says how to fix findings.
 * `traces lint --explain RULE` shows the same.
 */
export const pageOf = (rule: RuleId): string => `${RULES_PAGE}#${rule}`;
