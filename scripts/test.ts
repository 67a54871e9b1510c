import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';

interface Suite {
  files: string[];
  exclude?: string[];
  /** A module to load before the test files. */
  preload?: string;
  /** A module that starts the servers that all files share. */
  setup?: string;
  /** The number of files that run at a time: 1 if each test starts a whole system. */
  concurrency: number;
  /** Runs all files in one process, for files that share a costly start and change nothing global. */
  inOneProcess?: true;
  /** Runs only if it is named, because it is slow or needs other servers. */
  isOnAsking?: true;
}

/** The number of suites that run at a time. Even on two processors, three are faster than two, because their tests often wait. */
const AT_A_TIME = 3;

const KUBERNETES = 'tests/conformance/kubernetes/*.test.ts';

/** The longest suites come first, so that none runs alone at the end. */
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
    setup: './tests/integration/support/global-setup.ts',
    concurrency: 2,
  },
  scenarios: { files: ['tests/scenarios/**/*.test.ts'], concurrency: 1 },
  conformance: { files: ['tests/conformance/**/*.test.ts'], exclude: [KUBERNETES], concurrency: 2 },
  kubernetes: { files: [KUBERNETES], concurrency: 1, inOneProcess: true },
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

/** The name that runs the files `*.slow.test.ts` of all suites. */
const SLOW = 'slow';

/** The compile cache saves time: each test file is a process, and most spend half of their time on stripping types and compiling. */
const env = { ...process.env, ...COMPILE_CACHE };

const USAGE = `npm test -- [suite ...]

Runs tests. Without a name, it runs these suites, which need only Node.js:
  ${namesOf(false)}

These run only if you name them, because they take long or need other servers. The name slow stands for the slow files of all suites:
  ${SLOW}, ${namesOf(true)}

Other tests need more than Node.js, and have their own commands: see npm run help.`;

const { positionals: asked } = readCommandLine({ usage: USAGE, names: [SLOW, ...Object.keys(SUITES)] });

function namesOf(onAsking: boolean): string {
  const suites = Object.entries(SUITES).filter(([, { isOnAsking = false }]) => isOnAsking === onAsking);
  return suites.map(([name]) => name).join(', ');
}

const isChosen = (name: string, { isOnAsking }: Suite) =>
  asked.length === 0 ? !isOnAsking : asked.includes(name);
const isSlow = (file: string) => file.endsWith('.slow.test.ts');
const chosen = Object.entries(SUITES)
  .flatMap(([name, suite]) => {
    const files = filesOf(name, suite);
    const quick = { ...suite, name, files: files.filter((file) => !isSlow(file)) };
    const slow = { ...suite, name: `${SLOW} ${name}`, files: files.filter(isSlow) };
    return [...(isChosen(name, suite) ? [quick] : []), ...(asked.includes(SLOW) ? [slow] : [])];
  })
  .filter(({ files }) => files.length > 0);
/** The running suites, each with the function that prints its output so far. */
const running = new Map<ChildProcess, () => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, endAll);
const waiting = [...chosen];
const results = (await Promise.all(Array.from({ length: AT_A_TIME }, runWaiting))).flat();

console.log(results.map(({ name, passed }) => `${passed ? '✔' : '✖'} ${name}`).join('   '));
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;

function filesOf(name: string, { files, exclude = [] }: Suite): string[] {
  const found = globSync(files, { exclude: ['**/node_modules/**', ...exclude] });
  if (found.length > 0) return found;
  throw new Error(`The suite ${name} has no test file: looked for ${files.join(', ')}.`);
}

async function runWaiting(): Promise<Array<{ name: string; passed: boolean }>> {
  const results = [];
  for (let suite = waiting.shift(); suite; suite = waiting.shift())
    results.push({ name: suite.name, passed: await run(suite) });
  return results;
}

async function run(suite: (typeof chosen)[number]): Promise<boolean> {
  const { name, files, preload, setup, concurrency, inOneProcess } = suite;
  const preloads = ['./scripts/fail-on-leak.ts', ...(preload ? [preload] : [])];
  const args = [
    ...preloads.flatMap((path) => ['--import', path]),
    '--test',
    ...(setup ? [`--test-global-setup=${setup}`] : []),
    '--test-timeout=180000',
    `--test-concurrency=${concurrency}`,
    ...(inOneProcess ? ['--test-isolation=none'] : []),
  ];
  const heading = `\n── ${name}: ${files.length} files`;
  // With several suites, prints the output of each when it ends.
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

/** Ends the running suites, and prints their output so far: the last test in it may be the one that hangs. */
function endAll(signal: NodeJS.Signals): never {
  for (const [child, show] of running) {
    child.kill(signal);
    show();
  }
  process.exit(1);
}
