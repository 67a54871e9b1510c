import type { FoundBreak } from './run.ts';
import { STOPS, type Way } from './stops.ts';

/**
 * How a hop is broken. `cut`: the reader started a new trace. `foreign`: it continued another trace. `astray`: it is in the right
 * trace, but has the wrong parent.
 */
export type Broken = 'cut' | 'foreign' | 'astray';

/** A hop of the demo in which the context did not arrive as it should. */
export interface BrokenHop extends Way {
  crossing: Broken;
}

/** The kind of broken hop for each rule of `traces lint`. */
const CROSSINGS: Partial<Record<string, Broken>> = {
  'lost-context': 'cut',
  'root-consumer': 'cut',
  'wrong-trace': 'foreign',
  'shared-context': 'foreign',
  'wrong-parent': 'astray',
};

/** Returns the hop that a finding of `traces lint` is about, or undefined if it is not a hop of the demo. */
export function brokenHopOf({ rule, to }: FoundBreak): BrokenHop | undefined {
  const crossing = CROSSINGS[rule];
  const stop = STOPS.find(({ service }) => service === to?.service);
  return crossing && stop && 'by' in stop ? { ...stop.by, crossing } : undefined;
}
