import { writeNumbers } from '../support/numbers-page.ts';
import { createRatio } from './job/create.ts';
import { exitRatios } from './job/exit.ts';
import { startRatios } from './job/start.ts';
import { isWithinBar, toTable } from './job/table.ts';

/** Measures what tracing costs a job at its start, at its exit without a collector, and at its creation. Fails above a bar. */
export async function run({ numbers }: { numbers: boolean }): Promise<void> {
  const ratios = [...(await startRatios()), ...(await exitRatios()), await createRatio()];
  const table = toTable(ratios);
  console.log(table);
  if (numbers) await writeNumbers('job', table);
  if (!ratios.every(isWithinBar)) process.exitCode = 1;
}
