import { captureContext, type DocumentContext } from '@beyond-headers/propagation';
import type { Arrival } from '../hops/hop.ts';

/** The context for the next hop, or `undefined` if none arrived. */
export type Verdict = DocumentContext | undefined;

/** Extracts what arrived, and captures it as for the next hop. */
export function verdictOf(arrival: Arrival): Verdict {
  return captureContext(arrival());
}
