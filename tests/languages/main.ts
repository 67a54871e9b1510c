import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommandLine } from '@beyond-headers/local-process/command-line';
import { buildLanguages, runConformance } from './language.ts';
import { runTable, type Table } from './table.ts';

const USAGE = `npm run test:languages -- [--write]

What OpenTelemetry in other languages reads and writes of the same fields, through a document and the environment of a process, compared
with what docs/reference/languages.md is about; then upstream/conformance/cases.json by the runner of each language that has one. A language that is not on this machine is left out, and named.

  --write   makes the current behavior of all languages the expected one; then change the page, too`;

const { values } = readCommandLine({ usage: USAGE, options: { write: { type: 'boolean', default: false } } });
const EXPECTED = join(import.meta.dirname, 'expected.json');

const { built, leftOut } = buildLanguages();
for (const line of leftOut) console.log(line);
const table = await runTable(built);
if (values.write) {
  if (leftOut.length > 0) throw new Error('Failed to write: expected all languages to be there.');
  writeFileSync(EXPECTED, `${JSON.stringify(table, undefined, 2)}\n`);
} else {
  const names = new Set(built.map(({ name }) => name));
  assert.deepEqual(table, onlyOf(names, JSON.parse(readFileSync(EXPECTED, 'utf8')) as Table));
}
const cases = Object.keys(table.outcomes).length;
console.log(`${cases} cases in ${built.map(({ name }) => name).join(', ')}: as expected.`);
runConformance(built);

function onlyOf(languages: ReadonlySet<string>, { outcomes, disagreements }: Table): Table {
  return {
    outcomes: Object.fromEntries(
      Object.entries(outcomes).map(([name, by]) => [
        name,
        Object.fromEntries(Object.entries(by).filter(([language]) => languages.has(language))),
      ]),
    ),
    disagreements: disagreements.filter((line) =>
      (line.split(': ').at(-1) ?? '').split(' → ').every((language) => languages.has(language)),
    ),
  };
}
