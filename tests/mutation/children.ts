import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namespace, type Passed } from './namespace.ts';

const DIRECTORY_VARIABLE = 'MUTATION_COVERAGE_DIRECTORY';

/**
 * Makes child processes of tests report which mutants they covered. Otherwise, a test would not run for mutants that it covers only in
 * a child process.
 */
export function collectFromChildren(): { addTo(test: string): void; stop(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
  const before = process.env['NODE_OPTIONS'];
  process.env[DIRECTORY_VARIABLE] = directory;
  process.env['NODE_OPTIONS'] = `${before ?? ''} --import=${import.meta.filename}`;
  return {
    addTo(test) {
      const { perTest } = (namespace.mutantCoverage ??= { static: {}, perTest: {} });
      for (const name of readdirSync(directory)) {
        const path = join(directory, name);
        const passed = JSON.parse(readFileSync(path, 'utf8')) as Passed;
        rmSync(path);
        perTest[test] = { ...passed, ...perTest[test] };
      }
    },
    stop() {
      delete process.env[DIRECTORY_VARIABLE];
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
      rmSync(directory, { recursive: true });
    },
  };
}

// This part runs in the child process, which preloads this file.
const directory = process.env[DIRECTORY_VARIABLE];
if (directory) {
  process.on('exit', () => {
    const passed = namespace.mutantCoverage?.static ?? {};
    writeFileSync(join(directory, `${process.pid}.json`), JSON.stringify(passed));
  });
}
