/** Runs one benchmark by its name: `npm run bench -- propagation`. What follows the name is for the benchmark. */
const benchmarks: Record<string, () => Promise<{ run(args: string[]): Promise<void> }>> = {
  propagation: () => import('./propagation.ts'),
  job: () => import('./job.ts'),
  queue: () => import('./queue.ts'),
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (load) {
  await (await load()).run(args);
} else {
  console.error(
    `Failed to find the benchmark: got ${JSON.stringify(name)}. Expected one of: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exitCode = 1;
}
