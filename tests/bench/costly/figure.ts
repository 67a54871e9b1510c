import { availableParallelism, loadavg } from 'node:os';
import { median } from '../statistics.ts';

/** A count or measurement of one run, and its expected value if that is known in advance. */
export interface Figure {
  what: string;
  result: string | number;
  expected?: string | number | undefined;
}

/**
 * One part of the benchmark. Resolves with its figures, or with the reason why it can't run here. Throws if it measured something other
 * than what it should.
 */
export type Part = (options: { rounds?: number | undefined }) => Promise<Figure[] | string>;

export const isAsExpected = ({ result, expected }: Figure): boolean =>
  expected === undefined || expected === result;

export const toLine = (figure: Figure): string =>
  `${isAsExpected(figure) ? '✔' : '✖'} ${figure.what}: ${figure.result}` +
  (isAsExpected(figure) ? '' : ` (expected ${figure.expected})`);

/** Formats the figures as a table for docs/reference/numbers.md. */
export const toMarkdown = (figures: readonly Figure[]): string =>
  [
    '| measurement | result | expected |',
    '| --- | --- | --- |',
    ...figures.map(({ what, result, expected = '' }) => `| ${what} | ${result} | ${expected} |`),
  ].join('\n');

/** Returns the load average, without which measured times mean nothing. */
export const load = (): Figure => ({
  what: `load average of the last 5 minutes: processes that ran, or waited for one of the ${availableParallelism()} processors`,
  result: loadavg()[1]!.toFixed(1),
});

export const inMb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

export const inSeconds = (ms: number): string => `${(ms / 1e3).toFixed(1)} s`;

/** How values are shown: by default, with two decimals and without a unit. */
interface Display {
  format?: (value: number) => string;
  unit?: string;
}

/** Returns the median of the rounds, their number, and their range, such as `1.37 (2 rounds: 1.33–1.40)`. */
export function inRounds(
  rounds: readonly number[],
  { format = toTwoDecimals, unit = '' }: Display = {},
): string {
  const [lowest, highest] = [format(Math.min(...rounds)), format(Math.max(...rounds))];
  const range = lowest === highest ? '' : `: ${lowest}–${highest}${unit}`;
  return `${format(median(rounds))}${unit} (${rounds.length} ${rounds.length === 1 ? 'round' : 'rounds'}${range})`;
}

/** Returns two figures: whether the median of the rounds is at most the bar, and all rounds. */
export function atMost(
  bar: number,
  what: string,
  rounds: readonly number[],
  display: Display = {},
): Figure[] {
  const { format = toTwoDecimals, unit = '' } = display;
  const limit = `≤ ${bar}${unit}`;
  return [
    {
      what,
      result: median(rounds) <= bar ? limit : `${format(median(rounds))}${unit}`,
      expected: limit,
    },
    { what: `${what}, median and range of all rounds`, result: inRounds(rounds, display) },
  ];
}

const toTwoDecimals = (value: number): string => value.toFixed(2);
