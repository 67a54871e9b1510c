import { writeNumbers } from '../support/numbers-page.ts';
import { isAsExpected, load, toLine, toMarkdown, type Part } from './costly/figure.ts';

/** The parts that are too slow for CI. Each takes minutes, and `--numbers` writes its figures to docs/reference/numbers.md. */
export const PARTS: Record<string, () => Promise<{ run: Part }>> = {
  jobs: () => import('./costly/jobs.ts'),
  orders: () => import('./costly/orders.ts'),
  trace: () => import('./costly/trace.ts'),
  environment: () => import('./costly/environment.ts'),
  memory: () => import('./costly/memory.ts'),
  earlier: () => import('./costly/earlier.ts'),
  tests: () => import('./costly/tests.ts'),
};

interface Options {
  parts: string[];
  numbers: boolean;
  rounds?: number | undefined;
}

/** Runs the requested parts. Fails if a figure differs from its expected value. If a part can't run, prints the reason. */
export async function run({ parts, ...options }: Options): Promise<void> {
  if (parts.length === 0) {
    console.error(`Got no part. Expected some of: ${Object.keys(PARTS).join(', ')}.`);
    process.exitCode = 2;
  }
  for (const name of parts) await measure(name, options);
}

async function measure(name: string, { numbers, rounds }: Omit<Options, 'parts'>): Promise<void> {
  const part = await PARTS[name]!();
  const found = await part.run({ rounds });
  if (typeof found === 'string') return console.log(`skipped: ${name}: ${found}`);
  const figures = [...found, load()];
  for (const figure of figures) console.log(toLine(figure));
  if (!figures.every(isAsExpected)) process.exitCode = 1;
  // A figure that differs from its expected value belongs on the page, too.
  if (numbers) await writeNumbers(`costly ${name}`, toMarkdown(figures));
}
