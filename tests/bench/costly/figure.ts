import { availableParallelism, loadavg } from 'node:os';

/** What one run counted or measured, and what it has to be where that is known beforehand. */
export interface Figure {
  what: string;
  result: string | number;
  expected?: string | number | undefined;
}

/** One part of the benchmark: resolves with its figures, or with the reason why it can't run here. */
export type Part = () => Promise<Figure[] | string>;

export const isAsExpected = ({ result, expected }: Figure): boolean =>
  expected === undefined || expected === result;

export const toLine = (figure: Figure): string =>
  `${isAsExpected(figure) ? '✔' : '✖'} ${figure.what}: ${figure.result}` +
  (isAsExpected(figure) ? '' : ` (expected ${figure.expected})`);

/** A table for docs/reference/numbers.md. */
export const toMarkdown = (figures: readonly Figure[]): string =>
  [
    '| measurement | result | expected |',
    '| --- | --- | --- |',
    ...figures.map(({ what, result, expected = '' }) => `| ${what} | ${result} | ${expected} |`),
  ].join('\n');

/** How many processes wanted a processor while it was measured: times are worth nothing without it. */
export const load = (): Figure => ({
  what: `load average of the last 5 minutes: processes that ran, or waited for one of the ${availableParallelism()} processors`,
  result: loadavg()[1]!.toFixed(1),
});

export const inMb = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

export const inSeconds = (ms: number): string => `${(ms / 1e3).toFixed(1)} s`;
