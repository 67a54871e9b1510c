import { median, spread } from '../statistics.ts';

/** The result of a comparison: the ratio, or the time, of each round, and the bar for their median. */
export interface Ratio {
  what: string;
  rounds: number[];
  bar: { atLeast: number } | { atMost: number };
  /** Only for times. */
  unit?: 'ms';
}

/** One side of a comparison. Resolves with the rate or the time of one round. */
export type Side = () => Promise<number>;

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

export function isReached({ rounds, bar }: Ratio): boolean {
  const value = median(rounds);
  return 'atLeast' in bar ? value >= bar.atLeast : value <= bar.atMost;
}

export const toLine = (ratio: Ratio): string =>
  `${isReached(ratio) ? '✔' : '✖'} ${ratio.what}: ${medianOf(ratio)} ` +
  `(${spread(ratio.rounds)}, ${ratio.rounds.length} rounds), bar ${barOf(ratio)}`;

/** Formats the ratios as a table for docs/reference/numbers.md. */
export const toMarkdown = (ratios: readonly Ratio[]): string =>
  [
    `| ${ratios.some(({ unit }) => unit) ? 'ratio or time' : 'ratio'} | median | rounds | bar |`,
    '| --- | --- | --- | --- |',
    ...ratios.map(
      (ratio) =>
        `| ${ratio.what} | ${medianOf(ratio)} | ${ratio.rounds.length}: ${spread(ratio.rounds)} | ${barOf(ratio)} |`,
    ),
  ].join('\n');

const medianOf = ({ rounds, unit }: Ratio): string => `${median(rounds).toFixed(2)}${inUnit(unit)}`;

const barOf = ({ bar, unit }: Ratio): string =>
  ('atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`) + inUnit(unit);

const inUnit = (unit: Ratio['unit']): string => (unit ? ` ${unit}` : '');
