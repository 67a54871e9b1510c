import { writeNumbers } from '../support/numbers-page.ts';
import { median, spread } from './statistics.ts';

/** The result of a comparison: the ratio, the time, or the memory of each round. */
export interface Ratio {
  what: string;
  rounds: number[];
  /** The limit for the median. Absent if the result is only for information. */
  bar?: { atLeast: number } | { atMost: number };
  /** Only for values that are not ratios. */
  unit?: 'ms' | 'MB';
}

/** One side of a comparison. Resolves with the rate or the time of one round. */
export type Side = () => Promise<number>;

const ROUNDS = 5;

/** Compares two sides, by default in five rounds. */
export async function compareSides(
  what: string,
  bar: Ratio['bar'],
  [first, second]: readonly [Side, Side],
  rounds = ROUNDS,
): Promise<Ratio> {
  return { what, rounds: await alternate(rounds, first, second), ...(bar && { bar }) };
}

/** Runs both sides in each round, in alternating order. Resolves with the ratio of `first` to `second` for each round. */
export async function alternate(rounds: number, first: Side, second: Side): Promise<number[]> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const swapped = round % 2 === 1;
    const one = await (swapped ? second : first)();
    const other = await (swapped ? first : second)();
    ratios.push(swapped ? other / one : one / other);
  }
  return ratios;
}

/** Prints results. Fails if a median misses its bar. */
export function print(ratios: readonly Ratio[]): void {
  for (const ratio of ratios) console.log(toLine(ratio));
  if (!ratios.every(isReached)) process.exitCode = 1;
}

/** Prints results, and writes them to this section of docs/reference/numbers.md if `numbers` is set. */
export async function report(section: string, ratios: readonly Ratio[], numbers: boolean): Promise<void> {
  print(ratios);
  if (numbers) await writeNumbers(section, toMarkdown(ratios));
}

function isReached({ rounds, bar }: Ratio): boolean {
  if (!bar) return true;
  const value = median(rounds);
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

const toLine = (ratio: Ratio): string =>
  `${isReached(ratio) ? '✔' : '✖'} ${ratio.what}: ${medianOf(ratio)} ` +
  `(${spread(ratio.rounds)}, ${ratio.rounds.length} rounds)${ratio.bar ? `, bar ${barOf(ratio)}` : ''}`;

/** Formats the results as a table for docs/reference/numbers.md. */
export const toMarkdown = (ratios: readonly Ratio[]): string =>
  [
    '| measurement | median | rounds | bar |',
    '| --- | --- | --- | --- |',
    ...ratios.map(
      (ratio) =>
        `| ${ratio.what} | ${medianOf(ratio)} | ${ratio.rounds.length}: ${spread(ratio.rounds)} | ${barOf(ratio)} |`,
    ),
  ].join('\n');

const medianOf = ({ rounds, unit }: Ratio): string => `${median(rounds).toFixed(2)}${inUnit(unit)}`;

function barOf({ bar, unit }: Ratio): string {
  if (!bar) return '';
  const limit = 'atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${Number(bar.atMost.toFixed(2))}`;
  return limit + inUnit(unit);
}

const inUnit = (unit: Ratio['unit']): string => (unit ? ` ${unit}` : '');
