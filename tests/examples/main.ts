import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { buildJobs } from './languages/provide.ts';

const USAGE = `npm run test:examples -- [languages]

Tests all programs in examples/. Those in Python and Go need these languages.

  languages   only those in Python and Go; npm test also runs the others`;

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
