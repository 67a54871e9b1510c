import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { buildJobs } from './languages/provide.ts';

/** `npm run test:examples`: all programs in examples/, those in Python and Go where these languages are. */
for (const line of buildJobs()) console.log(line);
const files = globSync(`${import.meta.dirname}/**/*.test.ts`);
const args = [
  '--import',
  './scripts/fail-on-leak.ts',
  '--test',
  '--test-timeout=180000',
  '--test-concurrency=1',
];
process.exitCode = spawnSync(process.execPath, [...args, ...files], { stdio: 'inherit' }).status ?? 1;
