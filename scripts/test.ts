import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

interface Suite {
  files: string[];
  /** Loaded before the test files. */
  preload?: string;
  /** Files that run at a time; one where tests start a whole system each. */
  concurrency: number;
}

const SUITES: Record<string, Suite> = {
  unit: {
    files: ['packages/**/*.test.ts', 'services/**/*.test.ts', 'local/**/*.test.ts', 'scripts/**/*.test.ts'],
    concurrency: 2,
  },
  conformance: { files: ['tests/conformance/**/*.test.ts'], concurrency: 2 },
  integration: {
    files: ['tests/integration/**/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
    concurrency: 2,
  },
  upstream: { files: ['upstream/**/*.test.ts'], concurrency: 1 },
  examples: { files: ['tests/examples/*.test.ts'], concurrency: 1 },
  lint: { files: ['tests/lint/**/*.test.ts'], concurrency: 1 },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'], concurrency: 1 },
  faults: {
    files: ['tests/faults/**/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
  },
};

/** Each test file is a process of its own: half of what most of them need is to strip types and compile. */
const env = { ...process.env, ...COMPILE_CACHE };

const USAGE = `npm test -- [suite ...]

Runs everything that needs nothing but Node.js, or only these suites: ${Object.keys(SUITES).join(', ')}.
All other tests need more, and each has its own command (npm run help).`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: Object.keys(SUITES) });

const results = Object.entries(SUITES)
  .filter(([name]) => asked.length === 0 || asked.includes(name))
  .map(([name, suite]) => ({ name, passed: run(name, suite) }));

console.log(results.map(({ name, passed }) => `${passed ? '✔' : '✖'} ${name}`).join('   '));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function run(name: string, { files, preload, concurrency }: Suite): boolean {
  const found = globSync(files, { exclude: ['**/node_modules/**'] });
  if (found.length === 0)
    throw new Error(`The suite ${name} has no test file: looked for ${files.join(', ')}.`);
  console.log(`\n── ${name}: ${found.length} files`);
  const preloads = ['./scripts/fail-on-leak.ts', ...(preload ? [preload] : [])];
  const args = [
    ...preloads.flatMap((path) => ['--import', path]),
    '--test',
    '--test-timeout=180000',
    `--test-concurrency=${concurrency}`,
  ];
  return spawnSync(process.execPath, [...args, ...found], { stdio: 'inherit', env }).status === 0;
}
