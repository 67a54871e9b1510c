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
  /** Suites of one lane run one after the other, and the lanes side by side: what waits beside what computes. */
  lane: 'parts' | 'systems';
  /** Runs only where it is named: it takes long, or needs the servers of others. */
  isOnAsking?: true;
}

const SUITES: Record<string, Suite> = {
  unit: {
    files: [
      'packages/**/*.test.ts',
      'services/**/*.test.ts',
      'local/**/*.test.ts',
      'scripts/**/*.test.ts',
      'tests/bench/**/*.test.ts',
    ],
    concurrency: 2,
    lane: 'parts',
  },
  conformance: { files: ['tests/conformance/**/*.test.ts'], concurrency: 2, lane: 'parts' },
  integration: {
    files: ['tests/integration/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
    concurrency: 2,
    lane: 'parts',
  },
  upstream: { files: ['upstream/**/*.test.ts'], concurrency: 1, lane: 'parts' },
  examples: { files: ['tests/examples/*.test.ts'], concurrency: 1, lane: 'systems' },
  lint: { files: ['tests/lint/foreign/*.test.ts'], concurrency: 1, lane: 'systems' },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'], concurrency: 1, lane: 'systems' },
  faults: {
    files: ['tests/faults/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
    lane: 'systems',
  },
  crashes: {
    files: ['tests/faults/crashes/*.test.ts'],
    preload: './tests/faults/support/preload.ts',
    concurrency: 1,
    lane: 'systems',
    isOnAsking: true,
  },
  image: {
    files: ['tests/integration/image/*.test.ts'],
    preload: './tests/integration/support/preload.ts',
    concurrency: 1,
    lane: 'parts',
    isOnAsking: true,
  },
  media: { files: ['tests/media/*.test.ts'], concurrency: 1, lane: 'parts', isOnAsking: true },
  truth: { files: ['tests/lint/truth/*.test.ts'], concurrency: 1, lane: 'systems', isOnAsking: true },
};

/** Each test file is a process of its own: half of what most of them need is to strip types and compile. */
const env = { ...process.env, ...COMPILE_CACHE };

const USAGE = `npm test -- [suite ...]

Runs tests. Without a name, it runs these suites, which need only Node.js:
  ${namesOf(false)}

These suites run only if you name them, because they take long or need other servers:
  ${namesOf(true)}

Other tests need more than Node.js, and have their own commands: see npm run help.`;

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
const lanes = Object.values(Object.groupBy(chosen, ({ lane }) => lane));
/** What runs now, and what shows its output so far. */
const running = new Map<ChildProcess, () => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAll);
const results = (await Promise.all(lanes.map(runLane))).flat();

console.log(results.map(({ name, passed }) => `${passed ? '✔' : '✖'} ${name}`).join('   '));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function filesOf(name: string, { files }: Suite): string[] {
  const found = globSync(files, { exclude: ['**/node_modules/**'] });
  if (found.length > 0) return found;
  throw new Error(`The suite ${name} has no test file: looked for ${files.join(', ')}.`);
}

async function runLane(suites: typeof chosen): Promise<Array<{ name: string; passed: boolean }>> {
  const results = [];
  for (const suite of suites) results.push({ name: suite.name, passed: await run(suite) });
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
  const isAlone = lanes.length === 1;
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
