/**
 * Coefficients of the universal scalability law, for the rate of N pollers: `X(N) = N·one / (1 + contention·(N−1) + coherence·N·(N−1))`.
 * Source: Gunther, Guerrilla Capacity Planning, chapter 4.
 */
export interface ScalabilityModel {
  /** Rate of a single poller. */
  one: number;
  /** Share of the work that only one poller can do at a time. */
  contention: number;
  /** How much each poller slows down each other poller. */
  coherence: number;
}

/** Fits the law to measured rates, by least squares on `N/X`, which is linear in the coefficients. Needs at least three different N. */
export function fit(rates: ReadonlyMap<number, number>): ScalabilityModel {
  const rows = [...rates].map(([n, rate]) => ({ x: [1, n - 1, n * (n - 1)], y: n / rate }));
  const normal = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => sum(rows.map(({ x }) => x[i]! * x[j]!))),
    sum(rows.map(({ x, y }) => x[i]! * y)),
  ]);
  const [a, b, c] = solve(normal) as [number, number, number];
  // A negative coefficient is noise: the rate can't grow faster than N.
  return { one: 1 / a, contention: Math.max(0, b / a), coherence: Math.max(0, c / a) };
}

export function predict({ one, contention, coherence }: ScalabilityModel, n: number): number {
  return (n * one) / (1 + contention * (n - 1) + coherence * n * (n - 1));
}

/** Returns the number of pollers with the highest rate, or Infinity if the coherence is 0. */
export function bestNumber({ contention, coherence }: ScalabilityModel): number {
  return coherence === 0 ? Infinity : Math.sqrt((1 - contention) / coherence);
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);

/** Gauss–Jordan elimination with pivots. */
function solve(rows: number[][]): number[] {
  const matrix = rows.map((row) => [...row]);
  for (let i = 0; i < matrix.length; i++) {
    const pivot = matrix
      .slice(i)
      .reduce((best, row) => (Math.abs(row[i]!) > Math.abs(best[i]!) ? row : best));
    matrix.splice(matrix.indexOf(pivot), 1);
    matrix.splice(
      i,
      0,
      pivot.map((value) => value / pivot[i]!),
    );
    for (const [at, row] of matrix.entries()) {
      if (at !== i) matrix[at] = row.map((value, j) => value - row[i]! * matrix[i]![j]!);
    }
  }
  return matrix.map((row) => row.at(-1)!);
}
