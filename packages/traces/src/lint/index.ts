export { explain } from './explain.ts';
export {
  ruleIds,
  severities,
  type Certainty,
  type Finding,
  type HopEnd,
  type RuleId,
  type Severity,
} from './finding.ts';
export { lint, type LintReport, type LintSummary } from './lint.ts';
export type { LintSpan } from './model/read-spans.ts';
export type { Ignored, LintOptions } from './options.ts';
export type { ServiceScore } from './score.ts';
