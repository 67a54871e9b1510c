import { median, spread } from '../statistics.ts';

/** The ratio of what two sides cost, for each round. */
export interface Ratios {
  what: string;
  rounds: number[];
  /** If unset, the ratio is only printed. */
  bar?: number;
}

export const isWithinBar = ({ rounds, bar = Infinity }: Ratios): boolean => median(rounds) <= bar;

export function toTable(ratios: readonly Ratios[]): string {
  const rows = ratios.map(
    ({ what, rounds, bar }) =>
      `| ${what} | ${median(rounds).toFixed(2)} | ${spread(rounds)} | ${bar === undefined ? '' : `≤ ${Number(bar.toFixed(2))}`} |`,
  );
  return ['| ratio | median | rounds | bar |', '| --- | --- | --- | --- |', ...rows].join('\n');
}
