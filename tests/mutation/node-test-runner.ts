import { globSync, readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { collectFromChildren } from './children.ts';
import { namespace } from './namespace.ts';

/** What of Stryker's options for a run this runner needs. */
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
 * Runs test files of `node:test` in this process, each with new copies of the modules below `src`. What such a module keeps, and what it
 * works out as it loads, belongs to one file and one mutant. What it imports from elsewhere is loaded once: that, and the start of a
 * process, is nearly all that a test costs.
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

/** The tests beside the mutated file, then others; at the end those that start processes, which takes as long as all others. */
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
      // The runner of Node.js says nothing of a file that throws behind its first test.
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
  // Tests in this process end with the process, which goes on here. What is still running is awaited first.
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

/** What Stryker looks for in a plug-in. */
export const strykerPlugins = [{ kind: 'TestRunner', name: 'node-test', injectableClass: NodeTestRunner }];
