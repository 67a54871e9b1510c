import type { Certainty } from '../finding.ts';

export type BreakKind = 'lost-context' | 'wrong-trace' | 'wrong-parent' | 'root-consumer';

/** A hop at which the context did not arrive as it should have. */
export interface BrokenHop {
  kind: BreakKind;
  certainty: Certainty;
  /** The span that sent, called or launched. */
  from: number;
  /** The span that should hang on it. */
  to: number;
  /** Spans of which nothing else is to be said: further attempts, where the other half begins. */
  also: number[];
  evidence: string[];
}

/** Broken hops that are the same but for the attempt become one, with how many there were. */
export class HopList {
  readonly #hops = new Map<string, BrokenHop>();

  /** `key` says which hops are the same: who sent, and who received. */
  add(key: string, hop: BrokenHop): void {
    const known = this.#hops.get(key);
    if (!known) this.#hops.set(key, hop);
    else known.also.push(hop.to, ...hop.also);
  }

  get hops(): BrokenHop[] {
    return [...this.#hops.values()];
  }
}
