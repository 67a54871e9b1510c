import { globSync } from 'node:fs';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { runTests } from '../support/run-tests.ts';
import { buildJobs } from './languages/provide.ts';

const USAGE = `npm run test:examples -- [languages]

Tests all programs in examples/.

  languages   tests only the programs in Python and Go, for which these languages must be installed

npm test also runs the tests of all other examples.`;

const { positionals } = readCommandLine({ usage: USAGE, names: ['languages'] });
for (const line of buildJobs()) console.log(line);
const [folder = '**'] = positionals;
const files = globSync(`${import.meta.dirname}/${folder}/*.test.ts`);
process.exitCode = runTests(files, { timeoutMs: 180_000, failsOnLeak: true });
