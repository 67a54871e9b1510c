import { median } from '../../statistics.ts';
import type { Ratio } from '../../ratio.ts';
import { startSides, type SideName } from './sides.ts';

const ROUNDS = 5;
const MESSAGES = 2_000;

/** The comparisons and their bars. BullMQ with `everysec` has no bar, because a crash can lose the completions of the last second. */
const COMPARED: ReadonlyArray<[what: string, ours: SideName, other: SideName, atLeast: number]> = [
  ['ours / our earlier build, both with tracing', 'ours', 'earlier', 3],
  ['ours with tracing / BullMQ 6.7', 'ours', 'BullMQ, always', 1],
  ['ours with tracing / graphile-worker 0.18', 'ours', 'graphile-worker', 2.5],
  ['ours / our earlier build, both without tracing', 'ours untraced', 'earlier untraced', 3],
  ['ours without tracing / BullMQ 6.7', 'ours untraced', 'BullMQ, always', 1],
  ['ours without tracing / graphile-worker 0.18', 'ours untraced', 'graphile-worker', 2.5],
];

/** Compares how fast one process works off a backlog: this queue and its earlier build, both traced and untraced, and the other queues. */
export async function comparePeers(uri: string): Promise<Ratio[]> {
  const { rounds, close } = await startSides(uri);
  const rates = new Map([...rounds.keys()].map((name) => [name, [] as number[]]));
  try {
    // A warm-up, so that no side is measured while V8 compiles.
    for (const round of rounds.values()) await round(MESSAGES);
    for (let index = 0; index < ROUNDS; index++) {
      const inTurn = index % 2 === 0 ? [...rounds] : [...rounds].toReversed();
      for (const [name, round] of inTurn) rates.get(name)!.push(await round(MESSAGES));
    }
  } finally {
    await close();
  }
  for (const [name, found] of rates) console.log(`  ${name}: ${toText(found)}`);
  return COMPARED.flatMap(([what, ours, other, atLeast]) => {
    const [mine, theirs] = [rates.get(ours), rates.get(other)];
    if (!mine || !theirs) return [];
    const ratios = mine.map((rate, index) => rate / theirs[index]!);
    return {
      what: `rate for ${MESSAGES.toLocaleString('en')} messages: ${what}`,
      rounds: ratios,
      bar: { atLeast },
    };
  });
}

const toText = (rates: readonly number[]): string =>
  `${median(rates).toFixed(0)} messages/s (${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)})`;
