import type { RuleId, Severity } from '../finding.ts';
import type { LintContext, Match } from '../context.ts';

/** A problem that traces can have, and how to find it. */
export interface Rule {
  id: RuleId;
  severity: Severity;
  /** What a finding of this rule means. */
  definition: string;
  /** The specifications on which the definition is based. */
  sources: readonly string[];
  /** What the spans alone can't show. */
  cannotKnow: string;
  /** How to fix the problem. */
  mend: string;
  find(context: LintContext): Iterable<Match>;
}
