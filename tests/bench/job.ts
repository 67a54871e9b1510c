import { createRatio } from './job/create.ts';
import { exitRatios } from './job/exit.ts';
import { startRatios } from './job/start.ts';
import { report } from './ratio.ts';

/** Measures what tracing costs a job at its start, at its exit without a collector, and at its creation. Fails above a bar. */
export async function run({ numbers }: { numbers: boolean }): Promise<void> {
  await report('job', [...(await startRatios()), ...(await exitRatios()), await createRatio()], numbers);
}
