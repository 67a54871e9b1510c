/** A value at a time; undefined where there is none. */
export interface Point {
  atMs: number;
  value: number | undefined;
}

/** What a drawing shows, and how large it is. */
export interface Plot {
  fromMs: number;
  toMs: number;
  /** At the top; the bottom is 0. */
  max: number;
  width: number;
  height: number;
}

export const xOf = ({ fromMs, toMs, width }: Plot, atMs: number): number =>
  round(((atMs - fromMs) / Math.max(1, toMs - fromMs)) * width);

export const yOf = ({ max, height }: Plot, value: number): number => round(height * (1 - value / max));

/** A line as the `d` of an SVG path. It begins again where a value is missing, and after a gap: no one looked then. */
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

/** 1, 2 or 5 times a power of ten: the next one that is not below the value. */
export function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

const round = (value: number): number => Math.round(value * 10) / 10;
