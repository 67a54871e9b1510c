import { median } from '../../statistics.ts';
import type { Ratio } from '../ratio.ts';
import { startSides, type SideName } from './sides.ts';

const ROUNDS = 5;
const MESSAGES = 2_000;

/** What is compared, and the bar. With everysec a crash loses up to a second of ends, so that one has none. */
const COMPARED: ReadonlyArray<[ours: SideName, other: SideName, atLeast: number]> = [
  ['ours', 'earlier', 3],
  ['ours', 'BullMQ, always', 1],
  ['ours', 'graphile-worker', 2.5],
  ['ours untraced', 'earlier untraced', 3],
  ['ours untraced', 'BullMQ, always', 1],
  ['ours untraced', 'graphile-worker', 2.5],
];

/** Work-off of messages that wait, by one process each: this queue traced and untraced, as it was earlier, and the peers as they come. */
export async function comparePeers(uri: string): Promise<Ratio[]> {
  const { rounds, close } = await startSides(uri);
  const rates = new Map([...rounds.keys()].map((name) => [name, [] as number[]]));
  try {
    // So that no side is measured while it compiles.
    for (const round of rounds.values()) await round(MESSAGES);
    for (let index = 0; index < ROUNDS; index++) {
      const inTurn = index % 2 === 0 ? [...rounds] : [...rounds].toReversed();
      for (const [name, round] of inTurn) rates.get(name)!.push(await round(MESSAGES));
    }
  } finally {
    await close();
  }
  for (const [name, found] of rates) console.log(`  ${name}: ${toText(found)}`);
  return COMPARED.flatMap(([ours, other, atLeast]) => {
    const [mine, theirs] = [rates.get(ours), rates.get(other)];
    if (!mine || !theirs) return [];
    const ratios = mine.map((rate, index) => rate / theirs[index]!);
    return { what: `rate for ${MESSAGES} messages, ${ours} / ${other}`, rounds: ratios, bar: { atLeast } };
  });
}

const toText = (rates: readonly number[]): string =>
  `${median(rates).toFixed(0)} messages/s (${Math.min(...rates).toFixed(0)}–${Math.max(...rates).toFixed(0)})`;
