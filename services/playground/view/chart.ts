/** A value at a time. Undefined if it is missing. */
export interface Point {
  atMs: number;
  value: number | undefined;
}

/** What a plot shows, and its size. */
export interface Plot {
  fromMs: number;
  toMs: number;
  /** The value at the top. The bottom is 0. */
  max: number;
  width: number;
  height: number;
}

export const xOf = ({ fromMs, toMs, width }: Plot, atMs: number): number =>
  round(((atMs - fromMs) / Math.max(1, toMs - fromMs)) * width);

export const yOf = ({ max, height }: Plot, value: number): number => round(height * (1 - value / max));

/** Returns a line as the `d` of an SVG path. It starts again after a missing value, and after a gap in which no page was watching. */
export function linePath(points: readonly Point[], plot: Plot, maxGapMs: number): string {
  let last = -Infinity;
  let path = '';
  for (const { atMs, value } of points) {
    if (value === undefined) last = -Infinity;
    if (value === undefined || atMs < plot.fromMs) continue;
    path += `${atMs - last > maxGapMs ? 'M' : 'L'}${xOf(plot, atMs)} ${yOf(plot, value)}`;
    last = atMs;
  }
  return path;
}

/** Returns the smallest number that is 1, 2, or 5 times a power of ten, and not below the value. At least 1. */
export function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

const round = (value: number): number => Math.round(value * 10) / 10;
