import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  DEFAULT_SETTINGS,
  settingsFromQuery,
  settingsToQuery,
} from '../../services/playground/view/settings.ts';
import { SCENARIOS } from '../../tests/scenarios/scenarios.ts';
import { read } from '../project-files.ts';

/* Checks the parts of a new scenario that are easy to forget: docs/how-to/add-a-scenario.md. */

const readme = read('tests/scenarios/README.md');

test('every scenario has its row in the README of the scenarios', () => {
  const rows = Array.from(readme.matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm), ([, name, shows]) => ({
    name,
    shows,
  }));
  assert.deepEqual(
    rows,
    SCENARIOS.map(({ name, shows }) => ({ name, shows })),
  );
});

test('every scenario has a name of its own', () => {
  assert.equal(new Set(SCENARIOS.map(({ name }) => name)).size, SCENARIOS.length);
});

for (const { name, demo, report } of SCENARIOS) {
  test(`the playground can be set to "${name}"`, () => {
    const wanted = { ...DEFAULT_SETTINGS, ...demo, report };
    assert.deepEqual(settingsFromQuery(settingsToQuery(wanted)), wanted);
  });
}
