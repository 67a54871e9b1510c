import type { SpanKind } from '../tree/span.ts';

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

/** `certain` if ids match, `likely` if only names and times do. */
export type Certainty = 'certain' | 'likely';

/** The most specific rule comes first. If two rules apply to one hop, the first one reports it. */
export const ruleIds = [
  'shared-context',
  'lost-context',
  'wrong-trace',
  'wrong-parent',
  'root-consumer',
  'root-client',
  'unsampled-half',
  'orphan',
  'several-roots',
  'unconsumed',
  'missing-link-target',
  'duplicate-id',
  'clock',
  'outlived-process',
  'unbounded',
  'fan-out',
] as const;
export type RuleId = (typeof ruleIds)[number];

/** One end of a hop. */
export interface HopEnd {
  service: string;
  kind: SpanKind;
  name: string;
  traceId: string;
  spanId: string;
}

/** A problem that a rule found, and the two spans between which it occurred. */
export interface Finding {
  rule: RuleId;
  severity: Severity;
  certainty: Certainty;
  /** The span that sent, called, or launched. Absent if it is unknown. */
  from?: HopEnd;
  /** The span that should be below `from`, or link to it. */
  to?: HopEnd;
  /** Sentences with ids, names, and times. They contain values of attributes only if the option `showValues` is set. */
  evidence: string[];
  /** The page that describes the rule and how to fix the problem. */
  page: string;
}
