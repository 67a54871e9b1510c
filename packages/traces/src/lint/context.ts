import { pairJobs, type JobHops } from './hops/jobs.ts';
import { MessageHops } from './hops/messages.ts';
import { brokenRequests } from './hops/requests.ts';
import type { BrokenHop } from './hops/hop.ts';
import { Forest } from './model/forest.ts';
import type { SpanStore } from './model/span-store.ts';
import type { Certainty, Severity } from './finding.ts';
import type { Limits } from './options.ts';

/** A match of a rule. Spans are given by their number. */
export interface Match {
  certainty: Certainty;
  from?: number;
  to?: number;
  evidence: string[];
  /** Overrides the severity of the rule. */
  severity?: Severity;
  /** Spans besides `to` that less specific rules don't report. */
  also?: readonly number[];
}

/** The input of the rules. */
export interface LintContext {
  forest: Forest;
  limits: Limits;
  messages: MessageHops;
  jobs: JobHops;
  /** Broken hops of messages, Jobs, and requests. */
  broken: readonly BrokenHop[];
  /** Whether a more specific rule has already matched a span. */
  isClaimed: (span: number) => boolean;
  label: (span: number) => string;
}

export function contextOf(store: SpanStore, limits: Limits, claimed: ReadonlySet<number>): LintContext {
  const forest = new Forest(store);
  const jobs = pairJobs(forest, limits);
  const messages = new MessageHops(forest, limits, jobs.paired);
  return {
    forest,
    limits,
    messages,
    jobs,
    broken: [...messages.broken, ...jobs.broken, ...brokenRequests(forest, limits)],
    isClaimed: (span) => claimed.has(span),
    label: (span) => store.labelOf(span),
  };
}
