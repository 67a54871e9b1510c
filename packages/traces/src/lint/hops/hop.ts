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

/** Merges broken hops that differ only in the attempt. The spans of further attempts go into `also`. */
export class HopList {
  readonly #hops = new Map<string, BrokenHop>();

  /** Hops with the same `key`, which names sender and receiver, are merged. */
  add(key: string, hop: BrokenHop): void {
    const known = this.#hops.get(key);
    if (!known) this.#hops.set(key, hop);
    else known.also.push(hop.to, ...hop.also);
  }

  get hops(): BrokenHop[] {
    return [...this.#hops.values()];
  }
}
