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
}

const SUITES: Record<string, Suite> = {
  unit: {
    files: ['packages/**/*.test.ts', 'services/**/*.test.ts', 'local/**/*.test.ts', 'scripts/**/*.test.ts'],
  },
  conformance: { files: ['tests/conformance/**/*.test.ts'] },
  integration: {
    files: ['tests/integration/**/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
  },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'] },
  faults: { files: ['tests/faults/**/*.test.ts'], preload: './tests/faults/support/preload.ts' },
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

function run(name: string, { files, preload }: Suite): boolean {
  const found = globSync(files, { exclude: ['**/node_modules/**'] });
  if (found.length === 0)
    throw new Error(`The suite ${name} has no test file: looked for ${files.join(', ')}.`);
  console.log(`\n── ${name}: ${found.length} files`);
  const imports = ['./scripts/fail-on-leak.ts', ...(preload ? [preload] : [])].flatMap((path) => [
    '--import',
    path,
  ]);
  const { status } = spawnSync(process.execPath, [...imports, '--test', '--test-timeout=180000', ...found], {
    stdio: 'inherit',
  });
  return status === 0;
}
