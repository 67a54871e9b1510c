import type { RuleId, Severity } from './finding.ts';

/** The settings. Times are in milliseconds. */
export interface LintOptions {
  /** Only these rules. Default all. */
  rules?: readonly RuleId[];
  /** Other severities than a rule has by itself. */
  severities?: Partial<Record<RuleId, Severity>>;
  /** Findings that are known, each with why. */
  ignore?: readonly Ignored[];
  /** Only findings with a span of one of these services. What is read stays whole: the other half of a hop is another service's. */
  services?: readonly string[];
  /** How far the clocks of two processes may be apart. Default 1,000. */
  clockMs?: number;
  /** A message without a consumer after this time is a finding. Without it the rule is off. */
  unconsumedAfterMs?: number;
  /** From when pairs that no id proves are no longer looked for. Default 3,600,000. */
  pairWithinMs?: number;
  /** How many firings make one context that they share a finding. Default 3. */
  sharedBy?: number;
  /** Default 10,000. */
  maxSpans?: number;
  /** How long a trace may last. Default 86,400,000, a day. */
  maxTraceMs?: number;
  /** How often one message or Job may be tried within a trace. Default 20. */
  maxAttempts?: number;
  /** How many children a span may have. Default 1,000. */
  maxChildren?: number;
  /** Show the values of attributes in the evidence. Default off. */
  showValues?: boolean;
  /** Now, in milliseconds since 1970, for times that lie in the future. */
  nowMs?: number;
}

export interface Ignored {
  rule?: RuleId;
  /** A label such as `poller CONSUMER process*` of one end of the hop. */
  span?: string;
  /** Why it does not matter. */
  reason: string;
}

export type Limits = Required<
  Omit<LintOptions, 'rules' | 'severities' | 'ignore' | 'services' | 'unconsumedAfterMs'>
> &
  Pick<LintOptions, 'unconsumedAfterMs'>;

const HOUR_MS = 3_600_000;

export function limitsOf(options: LintOptions): Limits {
  return {
    clockMs: options.clockMs ?? 1_000,
    pairWithinMs: options.pairWithinMs ?? HOUR_MS,
    sharedBy: options.sharedBy ?? 3,
    maxSpans: options.maxSpans ?? 10_000,
    maxTraceMs: options.maxTraceMs ?? 24 * HOUR_MS,
    maxAttempts: options.maxAttempts ?? 20,
    maxChildren: options.maxChildren ?? 1_000,
    showValues: options.showValues ?? false,
    nowMs: options.nowMs ?? Date.now(),
    ...(options.unconsumedAfterMs !== undefined && { unconsumedAfterMs: options.unconsumedAfterMs }),
  };
}
