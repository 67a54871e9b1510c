import { setTimeout as delay } from 'node:timers/promises';
import { startLocalSystem, type LocalSystem } from '@beyond-headers/supervisor';
import { until } from '../../support/until.ts';
import { ORDER, postJson } from '../../support/writer.ts';
import { median } from '../statistics.ts';
import { inMb, type Figure } from './figure.ts';
import { usageOf } from './usage.ts';

const HALF = 50_000;
const BATCH = 100;
/** Limit of waiting orders. With more, the benchmark would measure the backlog. */
const MAX_WAITING = 2_000;
const SAMPLES = 9;
const SAMPLE_EVERY_MS = 1_000;
const DEADLINE_MS = 15 * 60_000;
const MAX_GROWTH = 1.1;
const MAX_OF_IDLE = 1.5;

/** Resident memory of each process of the local system, in bytes. */
type Memory = Record<string, number>;

/** Sends a hundred thousand orders through the local system, and compares the memory of each process after each half. */
export async function run(): Promise<Figure[]> {
  const system = await startLocalSystem();
  try {
    await pass(system, BATCH);
    const idle = await memoryOf(system);
    await pass(system, HALF);
    const first = await memoryOf(system);
    await pass(system, HALF);
    const second = await memoryOf(system);
    return figures(idle, first, second);
  } finally {
    await system.stop();
  }
}

/** Places this many orders, and waits until they are fulfilled. */
async function pass(system: LocalSystem, orders: number): Promise<void> {
  for (let left = orders; left > 0; left -= BATCH) {
    await waiting(system, MAX_WAITING);
    await postJson(`${system.urls.writer}/orders/batch`, { orders: Array(BATCH).fill(ORDER) });
  }
  await waiting(system, 0);
}

const waiting = (system: LocalSystem, atMost: number): Promise<number> =>
  until(
    async () => {
      const { counts } = (await (await fetch(`${system.urls.poller}/status`)).json()) as {
        counts: { pending: number; processing: number };
      };
      return counts.pending + counts.processing;
    },
    (count) => count <= atMost,
    { what: `at most ${atMost} orders that wait`, deadlineMs: DEADLINE_MS },
  );

/** Returns the median over some seconds, because a single value depends on the last garbage collection. */
async function memoryOf(system: LocalSystem): Promise<Memory> {
  const processes = Object.entries(system.processes());
  const samples: Memory[] = [];
  for (let sample = 0; sample < SAMPLES; sample++) {
    await delay(SAMPLE_EVERY_MS);
    const usages = await Promise.all(processes.map(([, pid]) => usageOf(pid)));
    samples.push(Object.fromEntries(processes.map(([name], index) => [name, usages[index]!.bytes])));
  }
  return Object.fromEntries(
    processes.map(([name]) => [name, median(samples.map((sample) => sample[name]!))]),
  );
}

function figures(idle: Memory, first: Memory, second: Memory): Figure[] {
  const names = Object.keys(second);
  const grown = names.filter((name) => second[name]! / first[name]! > MAX_GROWTH);
  const poller = second['poller']! / idle['poller']!;
  return [
    ...names.map((name) => ({
      what: `memory of ${name}: idle, after ${HALF} orders, after ${2 * HALF} orders`,
      result: [idle, first, second].map((memory) => inMb(memory[name]!)).join(', '),
    })),
    {
      what: `processes with more than ${MAX_GROWTH} times as much memory after ${2 * HALF} orders as after ${HALF}`,
      result: grown.join(', ') || 'none',
      expected: 'none',
    },
    {
      what: `memory of the poller: after ${2 * HALF} orders / idle`,
      result: poller <= MAX_OF_IDLE ? `≤ ${MAX_OF_IDLE}` : poller.toFixed(2),
      expected: `≤ ${MAX_OF_IDLE}`,
    },
  ];
}
