import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';

/**
 * `npm test`: everything that needs nothing but Node, suite by suite. `npm test -- unit integration` runs some of them.
 * What is in no suite here needs more than Node and has a script of its own (`npm run`).
 */
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
  examples: { files: ['tests/examples/*.test.ts'], concurrency: 1 },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'], concurrency: 1 },
  faults: {
    files: ['tests/faults/**/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in SUITES));
if (unknown.length > 0) {
  console.error(
    `There is no suite ${unknown.join(', ')}. Expected some of: ${Object.keys(SUITES).join(', ')}.`,
  );
  process.exit(2);
}

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
  return spawnSync(process.execPath, [...args, ...found], { stdio: 'inherit' }).status === 0;
}
