/** Returns the median. For an even count, it is the mean of the two middle values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [lower = Number.NaN, upper = Number.NaN] = [sorted.length - 1, sorted.length].map(
    (double) => sorted[Math.floor(double / 2)],
  );
  return (lower + upper) / 2;
}

export function percentile99(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;
}

/** Returns the range of the values, such as `0.97–1.04`. */
export function spread(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(2)}–${Math.max(...values).toFixed(2)}`;
}

/** Returns the 95% confidence interval of the median, to two decimals. It uses ranks, so it holds for any distribution. */
export function interval(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.floor((sorted.length - 1.96 * Math.sqrt(sorted.length)) / 2) - 1;
  return `${sorted.at(rank)?.toFixed(2)}–${sorted.at(-1 - rank)?.toFixed(2)}`;
}
