import type { FoundBreak } from './run.ts';
import { STOPS, type Way } from './stops.ts';

/** How a hop broke: `foreign`, the reader went on with another trace; `astray`, it is in the right one, not under what wrote. */
export type Broken = 'cut' | 'foreign' | 'astray';

/** A hop of the demo at which the context did not arrive as it should have. */
export interface BrokenHop extends Way {
  crossing: Broken;
}

/** What a rule of `traces lint` says of a hop, in the words of a journey. */
const CROSSINGS: Partial<Record<string, Broken>> = {
  'lost-context': 'cut',
  'root-consumer': 'cut',
  'wrong-trace': 'foreign',
  'shared-context': 'foreign',
  'wrong-parent': 'astray',
};

/** The hop that a finding of `traces lint` is about; undefined for one that is about no hop of the demo's. */
export function brokenHopOf({ rule, to }: FoundBreak): BrokenHop | undefined {
  const crossing = CROSSINGS[rule];
  const stop = STOPS.find(({ service }) => service === to?.service);
  return crossing && stop && 'by' in stop ? { ...stop.by, crossing } : undefined;
}
