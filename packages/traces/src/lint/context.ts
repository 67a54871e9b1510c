import { JobHops } from './hops/jobs.ts';
import { MessageHops } from './hops/messages.ts';
import { brokenRequests } from './hops/requests.ts';
import type { BrokenHop } from './hops/hop.ts';
import { Forest } from './model/forest.ts';
import type { SpanStore } from './model/span-store.ts';
import type { Certainty, Severity } from './finding.ts';
import type { Limits } from './options.ts';

/** What a rule has found, spans by their number. */
export interface Match {
  certainty: Certainty;
  from?: number;
  to?: number;
  evidence: string[];
  /** Instead of the rule's own. */
  severity?: Severity;
  /** Spans beside `to` of which less specific rules need not speak. */
  also?: readonly number[];
}

/** What the rules look at. */
export interface LintContext {
  forest: Forest;
  limits: Limits;
  messages: MessageHops;
  jobs: JobHops;
  /** Of messages, Jobs and requests. */
  broken: readonly BrokenHop[];
  /** Whether a more specific rule has spoken of a span. */
  isClaimed: (span: number) => boolean;
  label: (span: number) => string;
}

export function contextOf(store: SpanStore, limits: Limits, claimed: ReadonlySet<number>): LintContext {
  const forest = new Forest(store);
  const jobs = new JobHops(forest, limits);
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
