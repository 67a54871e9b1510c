import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { buildJobs } from './languages/provide.ts';

const USAGE = `npm run test:examples -- [languages]

Tests all programs in examples/.

  languages   tests only the programs in Python and Go, for which these languages must be installed

npm test also runs the tests of all other examples.`;

const { positionals } = readCommandLine({ usage: USAGE, names: ['languages'] });
for (const line of buildJobs()) console.log(line);
const [folder = '**'] = positionals;
const files = globSync(`${import.meta.dirname}/${folder}/*.test.ts`);
const args = [
  '--import',
  './scripts/fail-on-leak.ts',
  '--test',
  '--test-timeout=180000',
  '--test-concurrency=1',
];
process.exitCode = spawnSync(process.execPath, [...args, ...files], { stdio: 'inherit' }).status ?? 1;
