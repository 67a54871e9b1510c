const ROUNDS = 61;
/** Minimum CPU time of the base side in a round. */
const SIDE_US = 10_000;
/** Rounds that are not counted, because V8 is still compiling. */
const WARM_UP_ROUNDS = 20;

/** A call to measure. It takes nanoseconds or microseconds. */
export interface Side {
  call: () => unknown;
  /** Called before each measurement, for example to set global state. */
  prepare?: () => void;
}

/** Two ways to do the same thing. */
export interface Pair {
  base: Side;
  candidate: Side;
  /** Highest accepted ratio of candidate to base. If unset, the ratio is only printed. */
  bar?: number;
}

/**
 * Returns the ratio of candidate to base for each round. Each round runs both, in alternating order. Compares the CPU time of the process,
 * including garbage collection, because other processes on a shared machine change the elapsed time.
 */
export async function ratiosOf({ base, candidate }: Pair): Promise<number[]> {
  const calls = await callsIn(SIDE_US, base);
  const ratios: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const baseFirst = round % 2 === 0;
    const first = await cpuTime(baseFirst ? base : candidate, calls);
    const second = await cpuTime(baseFirst ? candidate : base, calls);
    if (round >= 0) ratios.push(baseFirst ? second / first : first / second);
  }
  return ratios;
}

async function callsIn(us: number, side: Side): Promise<number> {
  let calls = 1000;
  while ((await cpuTime(side, calls)) < us) calls *= 2;
  return calls;
}

async function cpuTime({ call, prepare }: Side, calls: number): Promise<number> {
  prepare?.();
  const before = process.cpuUsage();
  for (let index = 0; index < calls; index++) {
    const result = call();
    // Awaits only promises: an await for each synchronous call would be most of the measured time.
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
