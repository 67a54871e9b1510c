import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

interface Suite {
  files: string[];
  /** Loaded before the test files. */
  preload?: string;
  /** Files that run at a time; one where tests start a whole system each. */
  concurrency: number;
  /** Runs only where it is named: it takes long, or needs the servers of others. */
  isOnAsking?: true;
}

/** The longest first, so that none runs alone at the end, and in turn those that mostly wait and those that mostly compute. */
const SUITES: Record<string, Suite> = {
  faults: {
    files: ['tests/faults/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
  },
  unit: {
    files: [
      'packages/**/*.test.ts',
      'services/**/*.test.ts',
      'local/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/bench/**/*.test.ts',
    ],
    concurrency: 2,
  },
  integration: {
    files: ['tests/integration/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
    concurrency: 2,
  },
  conformance: { files: ['tests/conformance/**/*.test.ts'], concurrency: 2 },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'], concurrency: 1 },
  examples: { files: ['tests/examples/*.test.ts'], concurrency: 1 },
  upstream: { files: ['upstream/**/*.test.ts'], concurrency: 1 },
  lint: { files: ['tests/lint/foreign/*.test.ts'], concurrency: 1 },
  crashes: {
    files: ['tests/faults/crashes/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
    isOnAsking: true,
  },
  image: {
    files: ['tests/integration/image/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
    concurrency: 1,
    isOnAsking: true,
  },
  media: { files: ['tests/media/*.test.ts'], concurrency: 1, isOnAsking: true },
  truth: { files: ['tests/lint/truth/*.test.ts'], concurrency: 1, isOnAsking: true },
};

/** Each test file is a process of its own: half of what most of them need is to strip types and compile. */
const env = { ...process.env, ...COMPILE_CACHE };

const USAGE = `npm test -- [suite ...]

Runs everything that needs nothing but Node.js, or only these suites:
${namesOf(false)}. Only where they are named: ${namesOf(true)}.
All other tests need more, and each has its own command (npm run help).`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: Object.keys(SUITES) });

function namesOf(onAsking: boolean): string {
  const suites = Object.entries(SUITES).filter(([, { isOnAsking = false }]) => isOnAsking === onAsking);
  return suites.map(([name]) => name).join(', ');
}

const isChosen = (name: string, { isOnAsking }: Suite) =>
  asked.length === 0 ? !isOnAsking : asked.includes(name);
const chosen = Object.entries(SUITES)
  .filter(([name, suite]) => isChosen(name, suite))
  .map(([name, suite]) => ({ ...suite, name, files: filesOf(name, suite) }));
/** What runs now, and what shows its output so far. */
const running = new Map<ChildProcess, () => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAll);
const waiting = [...chosen];
// Two side by side: one often waits while the other computes.
const results = (await Promise.all([runWaiting(), runWaiting()])).flat();

console.log(results.map(({ name, passed }) => `${passed ? '✔' : '✖'} ${name}`).join('   '));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function filesOf(name: string, { files }: Suite): string[] {
  const found = globSync(files, { exclude: ['**/node_modules/**'] });
  if (found.length > 0) return found;
  throw new Error(`The suite ${name} has no test file: looked for ${files.join(', ')}.`);
}

async function runWaiting(): Promise<Array<{ name: string; passed: boolean }>> {
  const results = [];
  for (let suite = waiting.shift(); suite; suite = waiting.shift())
    results.push({ name: suite.name, passed: await run(suite) });
  return results;
}

async function run({ name, files, preload, concurrency }: (typeof chosen)[number]): Promise<boolean> {
  const preloads = ['./scripts/fail-on-leak.ts', ...(preload ? [preload] : [])];
  const args = [
    ...preloads.flatMap((path) => ['--import', path]),
    '--test',
    '--test-timeout=180000',
    `--test-concurrency=${concurrency}`,
  ];
  const heading = `\n── ${name}: ${files.length} files`;
  // What runs beside others is shown when it has ended.
  const isAlone = chosen.length === 1;
  console.log(isAlone ? heading : `${heading}, running`);
  const stdio = ['inherit', isAlone ? 'inherit' : 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [...args, ...files], { stdio: [...stdio], env });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const show = () => isAlone || console.log(`${heading}\n${output}`);
  running.set(child, show);
  const [code] = await once(child, 'close');
  running.delete(child);
  show();
  return code === 0;
}

/** Ends the suites that run, and says what they have said: the last test there may be the one that hangs. */
function endAll(signal: NodeJS.Signals): never {
  for (const [child, show] of running) {
    child.kill(signal);
    show();
  }
  process.exit(1);
}
