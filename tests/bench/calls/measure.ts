const ROUNDS = 61;
/** CPU time of one side of a round. */
const SIDE_US = 10_000;
/** Rounds that are not counted: the compiler is still at work. */
const WARM_UP_ROUNDS = 20;

/** A call to measure, of some nanoseconds to microseconds. */
export interface Side {
  call: () => unknown;
  /** Called before each round, e.g. to set what is global. */
  prepare?: () => void;
}

/** Two ways to do the same. */
export interface Pair {
  base: Side;
  candidate: Side;
  /** Highest ratio of candidate to base that is accepted; unset: only shown. */
  bar?: number;
}

/**
 * Gives the ratio of candidate to base for each round. Both run in each round, each first in turn. It's CPU time of the process that is
 * compared, the collector of garbage with it: on a shared machine other processes change the time on the wall, not this one.
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
    // Only what is asynchronous waits: a turn of the queue for each call would be most of what is measured.
    if (result instanceof Promise) await result;
  }
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
