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
  // The matrix of these equations is symmetric, so its columns are also its rows.
  const columns = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum(rows.map(({ x }) => x[i]! * x[j]!))));
  const [a, b, c] = solve(
    columns,
    [0, 1, 2].map((i) => sum(rows.map(({ x, y }) => x[i]! * y))),
  );
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

type Column = readonly number[];

/** Solves three linear equations by Cramer's rule. */
function solve([a, b, c]: readonly Column[], values: Column): [number, number, number] {
  const whole = determinant(a!, b!, c!);
  return [
    determinant(values, b!, c!) / whole,
    determinant(a!, values, c!) / whole,
    determinant(a!, b!, values) / whole,
  ];
}

const determinant = ([a, b, c]: Column, [d, e, f]: Column, [g, h, i]: Column): number =>
  a! * (e! * i! - f! * h!) - b! * (d! * i! - f! * g!) + c! * (d! * h! - e! * g!);
