import type { RuleId, Severity } from '../finding.ts';
import type { LintContext, Match } from '../context.ts';

/** What can be wrong, and how it is found. */
export interface Rule {
  id: RuleId;
  severity: Severity;
  /** What a finding says, in a sentence. */
  definition: string;
  /** Where that is laid down. */
  sources: readonly string[];
  /** What no look at spans can decide. */
  cannotKnow: string;
  /** What to do about it. */
  mend: string;
  find(context: LintContext): Iterable<Match>;
}
