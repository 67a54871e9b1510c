import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { PORTS } from '../../../local/supervisor/src/ports.ts';
import { find, read } from '../../project-files.ts';
import { environmentVariables } from './environment-variables.ts';
import { rowsOfSchema } from './row.ts';
import { PROCESSES } from './sources.ts';

/** Code whose variables the page must list. The commands that run tests document the variables of the tests. */
const SOURCES = ['packages/*/src/**/*.ts', 'services/**/*.ts', 'local/*/src/**/*.ts', 'docker/**/*.ts'];
/** Variables of test fixtures, and of Node.js. */
const NOT_OURS = new Set(['FAKE', 'FAKE_PORT', 'NODE_USE_ENV_PROXY']);

const page = read(environmentVariables.path);
const shown = new Set(Array.from(page.matchAll(/^\| `(\w+)`/gm), ([, name]) => name));

test('every config.ts is on the page', () => {
  const files = find('{services,local,docker,packages}/**/config.ts');
  const helpers = ['packages/service-kit/src/config.ts'];
  assert.deepEqual(files, [...PROCESSES.map(({ file }) => file), ...helpers].toSorted());
});

test('every variable that the code reads is on the page', () => {
  const files = find(...SOURCES).filter((file) => !file.endsWith('.test.ts'));
  const found = files.flatMap((file) =>
    Array.from(read(file).matchAll(/\benv(?:\.|\[['"])([A-Z][A-Z0-9_]*)\b/g), ([, name = '']) => name),
  );
  assert.ok(new Set(found).size > 8, `only ${found.join(', ')}`);
  assert.deepEqual(
    [...new Set(found)].filter((name) => !shown.has(name) && !NOT_OURS.has(name)),
    [],
  );
});

test('what may hold a password is marked as secret', () => {
  const rows = PROCESSES.flatMap(({ schema }) => rowsOfSchema(schema));
  const likely = rows.filter(({ name }) => /URI|TOKEN|PASSWORD|HEADERS/.test(name));
  assert.ok(likely.length > 0);
  assert.deepEqual(
    likely.filter(({ description }) => !description.endsWith('**A secret.**')),
    [],
  );
});

test('a number is shown with the bounds of its schema', () => {
  const schema = z.object({
    ONE_TO_FIVE: z.coerce.number().int().min(1).max(5).describe('x'),
    FROM_ONE: z.coerce.number().int().min(1).describe('x'),
    ABOVE_ZERO: z.coerce.number().positive().describe('x'),
  });
  assert.deepEqual(
    rowsOfSchema(schema).map(({ allowed }) => allowed),
    ['1 to 5', '1 or more', 'more than 0'],
  );
});

test('npm start takes the ports that the processes take alone', () => {
  const defaults = new Map(
    PROCESSES.flatMap(({ schema }) => rowsOfSchema(schema).map((row) => [row.name, row.default])),
  );
  for (const { variable, fallback } of Object.values(PORTS).filter((port) => port !== PORTS.mongodb)) {
    assert.equal(defaults.get(variable), `\`${fallback}\``, variable);
  }
});

test('a variable that allows any text is not checked', () => {
  const checked = PROCESSES.flatMap(({ schema }) =>
    rowsOfSchema(schema)
      .filter(({ allowed }) => allowed === 'any text')
      .filter(({ name }) => !(schema.shape[name] as z.ZodType).safeParse('?').success)
      .map(({ name }) => name),
  );
  assert.deepEqual(checked, []);
});

test('a variable without a description is refused', () => {
  assert.throws(() => rowsOfSchema(z.object({ NEW: z.string() })), /^Error: NEW has no description/);
});

test('a pattern must say what it expects', () => {
  const silent = z.object({ NEW: z.string().regex(/^a$/).describe('New.') });
  assert.throws(() => rowsOfSchema(silent), /^Error: NEW does not say what it expects/);
});
