/** Runs one benchmark by its name: `npm run bench -- propagation`. */
const benchmarks: Record<string, () => Promise<{ run(): Promise<void> }>> = {
  propagation: () => import('./propagation.ts'),
  job: () => import('./job.ts'),
  queue: () => import('./queue.ts'),
};

const name = process.argv[2] ?? '';
const load = Object.hasOwn(benchmarks, name) ? benchmarks[name] : undefined;
if (load) {
  await (await load()).run();
} else {
  console.error(
    `Failed to find the benchmark: got ${JSON.stringify(name)}. Expected one of: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exitCode = 1;
}
