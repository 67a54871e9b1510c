import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { interval, median } from '../statistics.ts';
import { ratiosOf, type Pair } from './measure.ts';

const run = promisify(execFile);

/** Pairs by what they compare. */
export type Pairs = Record<string, () => Pair>;

/**
 * Measures each pair in a process of its own, where nothing else has been compiled for other carriers. Prints the median of the ratios
 * with its 95 % interval, and returns whether all bars held.
 *
 * @param program the file that calls {@link measureOne} with the same pairs
 */
export async function compare(program: string, pairs: Pairs): Promise<boolean> {
  let isWithin = true;
  for (const [name, create] of Object.entries(pairs)) {
    const { stdout } = await run(process.execPath, [program, name]);
    isWithin = report(name, JSON.parse(stdout) as number[], create().bar) && isWithin;
  }
  return isWithin;
}

/** The other half of {@link compare}: measures the pair that the command line names, and prints its ratios. */
export async function measureOne(pairs: Pairs): Promise<void> {
  const pair = pairs[process.argv[2] ?? ''];
  if (!pair)
    throw new Error(`Unknown pair ${process.argv[2]}. Expected one of: ${Object.keys(pairs).join(', ')}.`);
  console.log(JSON.stringify(await ratiosOf(pair())));
}

function report(name: string, ratios: number[], bar?: number): boolean {
  const ratio = median(ratios);
  const isWithin = bar === undefined || ratio <= bar;
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${isWithin ? 'held' : 'MISSED'}`;
  console.log(`  ${name}: ${ratio.toFixed(2)}× (${interval(ratios)}, ${ratios.length} rounds)${verdict}`);
  return isWithin;
}
