import { groupBy } from '../../tree/group-by.ts';
import type { Certainty } from '../finding.ts';

export type BreakKind = 'lost-context' | 'wrong-trace' | 'wrong-parent' | 'root-consumer';

/** A hop at which the context did not arrive as it should have. */
export interface BrokenHop {
  kind: BreakKind;
  certainty: Certainty;
  /** The span that sent, called, or launched. */
  from: number;
  /** The span that should be below `from`, or link to it. */
  to: number;
  /** Spans that other rules don't report: further attempts, and the span at which the receiver's half of the trace begins. */
  also: number[];
  evidence: string[];
}

/** The evidence of `lost-context`. */
export const SEPARATE_TRACES =
  'The two spans are in separate traces, and the receiver has no link to the sender.';

/** Merges hops with the same key, which differ only in the attempt. The spans of further attempts go into `also`. */
export function mergeAttempts(hops: readonly BrokenHop[], keyOf: (hop: BrokenHop) => string): BrokenHop[] {
  return [...groupBy(hops, keyOf).values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, also: [...first.also, ...others.flatMap(({ to, also }) => [to, ...also])] }] : [],
  );
}
