import { explain, type Explanation } from './explanations.ts';
import type { Crossing, Edge } from './journey.ts';
import type { FoundCarrier } from './run.ts';

/** A finding of `traces lint`, as far as it matters here. By its shape: the page imports this package, and lint reads files. */
export interface FoundBreak {
  rule: string;
  to?: { service: string };
}

/** What a rule of `traces lint` says of a hop, in the words of a journey. */
const CROSSINGS: Partial<Record<string, Crossing>> = {
  'lost-context': 'cut',
  'root-consumer': 'cut',
  'wrong-trace': 'foreign',
  'shared-context': 'foreign',
  'wrong-parent': 'astray',
};

/** By who should have found the context. */
const CARRIERS: Partial<Record<string, Edge['carrier']>> = { poller: 'document', 'report-job': 'job' };

/**
 * Explains a finding of `traces lint` in this project: what happened in which carrier, and the lines of code that decide it.
 * Undefined for a finding that is not about a hop of the demo's.
 */
export function explainFinding(
  { rule, to }: FoundBreak,
  carriers: readonly FoundCarrier[] = [],
): Explanation | undefined {
  const crossing = CROSSINGS[rule];
  if (!crossing || !to) return undefined;
  const carrier = CARRIERS[to.service] ?? 'http';
  return explain({ carrier, crossing, label: carrier }, carriers);
}
