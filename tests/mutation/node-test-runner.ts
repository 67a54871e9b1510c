import { globSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { collectFromChildren } from './children.ts';
import { namespace } from './namespace.ts';

/** The part of Stryker's run options that this runner uses. */
interface RunOptions {
  testFilter?: string[];
  hitLimit?: number;
  activeMutant: { id: string; fileName: string };
}

interface TestResult {
  id: string;
  name: string;
  fileName: string;
  timeSpentMs: number;
  status: 0 | 1;
  failureMessage: string;
}

/**
 * Runs test files of `node:test` in this process, each with fresh copies of the modules below `src`. So the state of such a module, and
 * what it computes on load, belong to one file and one mutant. All other modules load only once, because their loading and the start of
 * a process are nearly the whole cost of a test.
 */
class NodeTestRunner {
  capabilities = () => ({ reloadEnvironment: true });

  init(): void {
    renewModules(pathToFileURL(`${process.cwd()}/src/`).href);
  }

  async dryRun() {
    const collected = collectFromChildren();
    const tests: TestResult[] = [];
    for (const file of globSync('src/**/*.test.ts', { exclude: ['**/properties.test.ts'] }).toSorted()) {
      tests.push(await runFile(file));
      collected.addTo(file);
    }
    collected.stop();
    return { status: 'complete', tests, mutantCoverage: namespace.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter = [], hitLimit }: RunOptions) {
    namespace.activeMutant = process.env['__STRYKER_ACTIVE_MUTANT__'] = activeMutant.id;
    namespace.hitLimit = hitLimit;
    namespace.hitCount = hitLimit === undefined ? undefined : 0;
    const files = likelyFirst(testFilter, activeMutant.fileName);
    for (const [index, file] of files.entries()) {
      const { status, failureMessage } = await runFile(file);
      if (status === 1) return { status: 'killed', killedBy: [file], failureMessage, nrOfTests: index + 1 };
    }
    return { status: 'survived', nrOfTests: files.length };
  }
}

/** Sorts tests: first those beside the mutated file, last those that start processes, because they are as slow as all others together. */
function likelyFirst(files: string[], mutated: string): string[] {
  const beside = relative(process.cwd(), mutated).replace(/\.ts$/, '');
  const rank = (file: string): number =>
    file.startsWith(beside) ? 0 : readFileSync(file, 'utf8').includes('node:child_process') ? 2 : 1;
  return files.toSorted((a, b) => rank(a) - rank(b));
}

let runs = 0;

function renewModules(below: string): void {
  const sources = new Map<string, string>();
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return found.url.startsWith(below) ? { ...found, url: `${found.url}?${runs}` } : found;
    },
    load(url, context, next) {
      if (!url.startsWith(below)) return next(url, context);
      const path = fileURLToPath(url);
      const source = sources.get(path) ?? stripTypeScriptTypes(readFileSync(path, 'utf8'));
      sources.set(path, source);
      // Node's test runner doesn't report a file that throws after its first test.
      const end = path.endsWith('.test.ts') ? '\n;globalThis.__stryker__.isLoaded = true;' : '';
      return { format: 'module', source: source + end, shortCircuit: true };
    },
  });
}

async function runFile(file: string): Promise<TestResult> {
  runs++;
  namespace.currentTestId = file;
  namespace.isLoaded = false;
  const before = performance.now();
  const failures: string[] = [];
  const first = new AbortController();
  const events = run({ files: [file], isolation: 'none', signal: first.signal });
  // With `isolation: 'none'`, tests end at the exit of the process, but this process continues. `beforeExit` makes the runner await them.
  events.once('test:enqueue', () => setImmediate(() => process.emit('beforeExit', 0)));
  for await (const event of events) {
    if (event.type !== 'test:fail') continue;
    failures.push(`${event.data.name}: ${event.data.details.error.message}`);
    first.abort();
  }
  if (!namespace.isLoaded) failures.push('The file threw as it was loaded.');
  Reflect.deleteProperty(globalThis, Symbol.for('opentelemetry.js.api.1'));
  return {
    id: file,
    name: file,
    fileName: file,
    timeSpentMs: performance.now() - before,
    status: failures.length === 0 ? 0 : 1,
    failureMessage: failures.join('\n'),
  };
}

/** The export that Stryker expects of a plug-in. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'node-test', injectableClass: NodeTestRunner }];
