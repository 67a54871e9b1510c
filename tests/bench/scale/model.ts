/**
 * How the rate of N pollers grows, as the universal scalability law has it: `X(N) = N·one / (1 + contention·(N−1) +
 * coherence·N·(N−1))`. Gunther, Guerrilla Capacity Planning, chapter 4.
 */
export interface ScalabilityModel {
  /** Rate of one alone. */
  one: number;
  /** The part of the work that only one can do at a time. */
  contention: number;
  /** What each costs every other. */
  coherence: number;
}

/** Fits the law to measured rates, by least squares of `N/X`, in which it is linear. Needs three different N. */
export function fit(rates: ReadonlyMap<number, number>): ScalabilityModel {
  const rows = [...rates].map(([n, rate]) => ({ x: [1, n - 1, n * (n - 1)], y: n / rate }));
  const normal = [0, 1, 2].map((i) => [
    ...[0, 1, 2].map((j) => sum(rows.map(({ x }) => x[i]! * x[j]!))),
    sum(rows.map(({ x, y }) => x[i]! * y)),
  ]);
  const [a, b, c] = solve(normal) as [number, number, number];
  // A rate that grows faster than N is measuring noise, and no contention is less than none.
  return { one: 1 / a, contention: Math.max(0, b / a), coherence: Math.max(0, c / a) };
}

export function predict({ one, contention, coherence }: ScalabilityModel, n: number): number {
  return (n * one) / (1 + contention * (n - 1) + coherence * n * (n - 1));
}

/** The number of pollers beyond which one more makes all of them slower; infinite without coherence costs. */
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
