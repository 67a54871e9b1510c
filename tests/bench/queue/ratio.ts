import { median, spread } from '../statistics.ts';

/** What a comparison found: the ratio of each round, and the bar that their median has to reach. */
export interface Ratio {
  what: string;
  rounds: number[];
  bar: { atLeast: number } | { atMost: number };
}

/** Something to compare: resolves with a rate or a time of one round. */
export type Side = () => Promise<number>;

/** Both sides in turn, the order swapped from round to round so that neither always goes first; the first over the second. */
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
  `${isReached(ratio) ? '✔' : '✖'} ${ratio.what}: ${median(ratio.rounds).toFixed(2)} ` +
  `(${spread(ratio.rounds)}, ${ratio.rounds.length} rounds), bar ${barOf(ratio)}`;

/** A table for docs/reference/numbers.md. */
export const toMarkdown = (ratios: readonly Ratio[]): string =>
  [
    '| ratio | median | rounds | bar |',
    '| --- | --- | --- | --- |',
    ...ratios.map(
      (ratio) =>
        `| ${ratio.what} | ${median(ratio.rounds).toFixed(2)} | ${ratio.rounds.length}: ${spread(ratio.rounds)} | ${barOf(ratio)} |`,
    ),
  ].join('\n');

const barOf = ({ bar }: Ratio): string => ('atLeast' in bar ? `≥ ${bar.atLeast}` : `≤ ${bar.atMost}`);
