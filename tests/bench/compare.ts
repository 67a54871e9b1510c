import { Bench } from 'tinybench';
import { median, spread } from './statistics.ts';

const ROUNDS = 5;
const ROUND_MS = 200;
// A call may take less than the clock's own cost: so many of them are measured as one.
const CALLS = 1000;

/** A call to measure, of some nanoseconds to microseconds. */
export interface Measured {
  name: string;
  fn: () => void;
  /** Highest ratio to the base that is accepted; unset: only shown. */
  bar?: number;
  /** Called before each round, e.g. to set what is global. */
  before?: () => void;
}

/**
 * Measures base and candidates in turn, round by round, so that a slow moment of the machine hits both; prints the median of
 * the ratios and their spread, and says whether all bars held.
 */
export async function compare(base: Measured, candidates: Measured[]): Promise<boolean> {
  const ratios = new Map<Measured, number[]>(candidates.map((candidate) => [candidate, []]));
  await measure(base);
  for (let round = 0; round < ROUNDS; round++)
    for (const candidate of candidates) {
      const [reference, candidateNs] = [await measure(base), await measure(candidate)];
      ratios.get(candidate)?.push(candidateNs / reference);
    }
  console.log(`${base.name}: ${(await measure(base)).toFixed(0)} ns`);
  return candidates.map((candidate) => report(candidate, ratios.get(candidate) ?? [])).every(Boolean);
}

/** Nanoseconds of one call: the median of one round. */
async function measure({ name, fn, before }: Measured): Promise<number> {
  before?.();
  const bench = new Bench({ time: ROUND_MS, warmupTime: ROUND_MS / 4 });
  bench.add(name, () => {
    for (let index = 0; index < CALLS; index++) fn();
  });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (!result || !('latency' in result)) throw new Error(`Failed to measure ${name}.`);
  return result.latency.p50 * (1_000_000 / CALLS);
}

function report({ name, bar }: Measured, ratios: number[]): boolean {
  const ratio = median(ratios);
  const isWithin = bar === undefined || ratio <= bar;
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${isWithin ? 'held' : 'MISSED'}`;
  console.log(`  ${name}: ${ratio.toFixed(2)}× (${spread(ratios)} in ${ratios.length} rounds)${verdict}`);
  return isWithin;
}
