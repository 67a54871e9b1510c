import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { prepareCluster } from '../cluster/support/prepare.ts';
import { buildLanguages, runConformance } from './language.ts';
import { runTable, type Table } from './table.ts';
import { throughJobs } from './through-jobs.ts';

const USAGE = `npm run test:languages -- [--write]

Tests whether OpenTelemetry in other languages still reads and writes the fields of a context as tests/languages/expected.json says.
The fields go through a document, the environment of a process, and the environment of a Job. Then the command runs the cases in
upstream/conformance/cases.json in each language that has a program for them.

If a language is not installed, the command skips it, and prints its name. Jobs need a cluster: see npm run test:cluster -- --help.

  --write   writes the current behavior of all languages to expected.json; after that, update docs/reference/languages.md`;

const { values } = readCommandLine({ usage: USAGE, options: { write: { type: 'boolean', default: false } } });
const EXPECTED = join(import.meta.dirname, 'expected.json');

const { built, leftOut } = buildLanguages();
const noCluster = await prepareCluster();
if (noCluster) leftOut.push(`Jobs are left out: ${noCluster}`);
for (const line of leftOut) console.log(line);
const image = process.env['REPORT_JOB_IMAGE'] ?? '';
const table = await runTable(built, noCluster ? undefined : (lists) => throughJobs(image, lists));
if (values.write) {
  if (leftOut.length > 0)
    throw new Error('Failed to write: expected all languages and a cluster to be there.');
  writeFileSync(EXPECTED, `${JSON.stringify(table, undefined, 2)}\n`);
} else {
  const names = new Set(built.map(({ name }) => name));
  const { jobs, ...expected } = onlyOf(names, JSON.parse(readFileSync(EXPECTED, 'utf8')) as Table);
  assert.deepEqual(table, noCluster ? expected : { ...expected, jobs });
}
const cases = Object.keys(table.outcomes).length;
console.log(`${cases} cases in ${built.map(({ name }) => name).join(', ')}: as expected.`);
runConformance(built);

function onlyOf(names: ReadonlySet<string>, { outcomes, disagreements, jobs = [] }: Table): Table {
  const areAllThere = (line: string) =>
    (line.split(': ').at(-1) ?? '').split(' → ').every((language) => names.has(language));
  return {
    outcomes: Object.fromEntries(
      Object.entries(outcomes).map(([name, by]) => [
        name,
        Object.fromEntries(Object.entries(by).filter(([language]) => names.has(language))),
      ]),
    ),
    disagreements: disagreements.filter(areAllThere),
    jobs: jobs.filter(areAllThere),
  };
}
