import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { prepareCluster } from '../cluster/support/prepare.ts';
import { buildLanguages, runConformance } from './language.ts';
import { runTable, type Table } from './table.ts';
import { throughJobs } from './through-jobs.ts';

const USAGE = `npm run test:languages -- [--write]

What OpenTelemetry in other languages reads and writes of the same fields, through a document, the environment of a process and the
env list of a Job, compared with what docs/reference/languages.md says; then upstream/conformance/cases.json by the runner of each
language that has one. A language that is not on this machine is left out, and named. So are Jobs, without a cluster as of test:cluster.

  --write   makes the current behavior of all languages the expected one; then change the page, too`;

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
