import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { buildJobs } from './languages/provide.ts';

const USAGE = `npm run test:examples -- [languages]

All programs in examples/, those in Python and Go where these languages are.

  languages   those alone; the others are in npm test as well`;

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
