import { startMongod } from '@beyond-headers/local-mongod';
import { writeNumbers } from '../support/numbers-page.ts';
import { longKillRun } from './queue/kills.ts';
import { PARTS } from './queue/parts.ts';
import { isReached, toLine, toMarkdown, type Ratio } from './queue/ratio.ts';

/**
 * Compares the queue with other queues and with variants of itself, on one mongod, in alternating rounds. Fails if a bar is missed.
 * `npm run bench -- queue [part …]` runs the named parts. `--numbers` updates docs/reference/numbers.md.
 */
export async function run({ parts, numbers }: { parts: string[]; numbers: boolean }): Promise<void> {
  const unknown = parts.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    console.error(`Unknown part ${unknown.join(', ')}. Expected some of: ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const ratios = await measure(parts.length > 0 ? parts : Object.keys(PARTS));
  if (!ratios.every(isReached)) process.exitCode = 1;
  if (!numbers) return;
  await writeNumbers('queue speed', toMarkdown(ratios));
  await writeNumbers('queue faults', await longKillRun());
}

async function measure(names: string[]): Promise<Ratio[]> {
  const mongod = await startMongod();
  const all: Ratio[] = [];
  try {
    for (const name of names) {
      const ratios = await PARTS[name]!(mongod.uri);
      for (const ratio of ratios) console.log(toLine(ratio));
      all.push(...ratios);
    }
  } finally {
    await mongod.close();
  }
  return all;
}
