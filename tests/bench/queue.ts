import { startMongod } from '@beyond-headers/local-mongod';
import { writeNumbers } from '../support/numbers-page.ts';
import { longKillRun } from './queue/kills.ts';
import { PARTS, TABLES } from './queue/parts.ts';
import { print, toMarkdown, type Ratio } from './ratio.ts';

export { PARTS };

/**
 * Compares the queue with other queues and with variants of itself, on one mongod, in alternating rounds. Fails if a bar is missed.
 * `npm run bench -- queue [part …]` runs the named parts. `--numbers` updates those tables of docs/reference/numbers.md whose parts ran.
 */
export async function run({ parts, numbers }: { parts: string[]; numbers: boolean }): Promise<void> {
  const results = await measure(parts.length > 0 ? parts : Object.keys(PARTS));
  if (!numbers) return;
  for (const [table, names] of Object.entries(TABLES)) {
    if (names.every((name) => results.has(name)))
      await writeNumbers(table, toMarkdown(names.flatMap((name) => results.get(name)!)));
  }
  if (parts.length === 0) await writeNumbers('queue faults', await longKillRun());
}

async function measure(names: string[]): Promise<Map<string, Ratio[]>> {
  const mongod = await startMongod();
  const results = new Map<string, Ratio[]>();
  try {
    for (const name of names) {
      const ratios = await PARTS[name]!(mongod.uri);
      print(ratios);
      results.set(name, ratios);
    }
  } finally {
    await mongod.close();
  }
  return results;
}
