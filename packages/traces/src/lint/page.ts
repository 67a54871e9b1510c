import type { RuleId } from './finding.ts';

/** The page with all rules, from the root of the project that this package is of. */
export const RULES_PAGE = 'docs/reference/lint-rules.md';

/** Where a rule is described, and what mends what it finds: from the root of the project. `traces lint --explain RULE` shows the same. */
export const pageOf = (rule: RuleId): string => `${RULES_PAGE}#${rule}`;
