import { availableParallelism, loadavg } from 'node:os';

/** A count or measurement of one run, and its expected value if that is known in advance. */
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
