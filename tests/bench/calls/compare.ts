import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { interval, median } from '../statistics.ts';
import { ratiosOf, type Pair } from './measure.ts';

const run = promisify(execFile);

/** Pairs, keyed by a description of what they compare. */
export type Pairs = Record<string, () => Pair>;

/**
 * Measures each pair in its own process, where V8 has compiled no code for other carriers. Prints the median ratio with its 95% interval,
 * and returns whether all ratios are within their bars.
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

/** Measures the pair that the command line names, and prints its ratios as JSON for {@link compare}. */
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
