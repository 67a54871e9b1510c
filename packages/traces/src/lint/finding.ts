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

/** What is wrong, and between which two spans. */
export interface Finding {
  rule: RuleId;
  severity: Severity;
  certainty: Certainty;
  /** The span that sent, called or launched; absent where none is known. */
  from?: HopEnd;
  /** The span that should hang on it. */
  to?: HopEnd;
  /** Ids, names and times in sentences; values of attributes only if they are asked for. */
  evidence: string[];
  /** What the rule means, and what mends it. */
  page: string;
}
