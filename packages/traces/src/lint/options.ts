import type { RuleId, Severity } from './finding.ts';

/** The options of `lint`. Times are in milliseconds. */
export interface LintOptions {
  /** Only these rules. Default all. */
  rules?: readonly RuleId[];
  /** Severities that replace those of the rules. */
  severities?: Partial<Record<RuleId, Severity>>;
  /** Known findings to leave out, each with a reason. */
  ignore?: readonly Ignored[];
  /**
   * Only findings with a span of one of these services. The spans of all services are still needed, because the other half of a hop belongs
   * to another service.
   */
  services?: readonly string[];
  /** How much the clocks of two processes may differ. Default 1,000. */
  clockMs?: number;
  /** A message without a consumer after this time is a finding. Without this option, the rule is off. */
  unconsumedAfterMs?: number;
  /** The maximum time between a sender and a consumer that no id pairs. Default 3,600,000, an hour. */
  pairWithinMs?: number;
  /** How many messages, Jobs, or runs must share a context to make it a finding. Two may be enough if the finding is certain. Default 3. */
  sharedBy?: number;
  /** How many spans a trace may have. Default 10,000. */
  maxSpans?: number;
  /** How long a trace may last. Default 86,400,000, a day. */
  maxTraceMs?: number;
  /** How often one message or Job may be tried within a trace. Default 20. */
  maxAttempts?: number;
  /** How many children a span may have. Default 1,000. */
  maxChildren?: number;
  /** Show the values of attributes in the evidence. Default off. */
  showValues?: boolean;
  /** The current time in milliseconds since 1970, to detect times in the future. Default is the time of the system. */
  nowMs?: number;
}

export interface Ignored {
  rule?: RuleId;
  /** A label such as `poller CONSUMER process*` of one end of the hop. */
  span?: string;
  /** Why the finding doesn't matter. */
  reason: string;
}

const HOUR_MS = 3_600_000;

const defaults = {
  clockMs: 1_000,
  pairWithinMs: HOUR_MS,
  sharedBy: 3,
  maxSpans: 10_000,
  maxTraceMs: 24 * HOUR_MS,
  maxAttempts: 20,
  maxChildren: 1_000,
  showValues: false,
};

/** The options with a value for each that has a default. */
export type Limits = LintOptions & Required<Pick<LintOptions, keyof typeof defaults | 'nowMs'>>;

/** An option that is undefined has its default, too. */
export function limitsOf(options: LintOptions): Limits {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, nowMs: Date.now(), ...Object.fromEntries(given) };
}
