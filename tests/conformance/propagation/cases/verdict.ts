import { captureContext, type DocumentContext } from '@beyond-headers/propagation';
import type { Arrival } from '../hops/hop.ts';

/** What goes on to the next hop; `undefined` when nothing came through. */
export type Verdict = DocumentContext | undefined;

/** Reads what arrived and says what would go on. */
export function verdictOf(arrival: Arrival): Verdict {
  return captureContext(arrival());
}
