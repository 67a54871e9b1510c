import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { implementations } from './implementations.ts';
import { run } from './run.ts';
import { cases, differences } from './table.ts';

for (const implementation of implementations) {
  const { name, version } = implementation;
  const rows = new Map(
    differences.filter((row) => row.implementation === name).map((row) => [row.case, row]),
  );

  describe(`${name} ${version}`, () => {
    for (const test of cases) {
      const row = rows.get(test.name);
      it(`${test.name}: ${row ? 'the difference that is noted' : 'as expected'}`, () => {
        const got = run(implementation, test);
        const isExpected = test.expected.some((outcome) => isDeepStrictEqual(got, outcome));
        if (!row) return assert.ok(isExpected, `not expected, got ${JSON.stringify(got)}`);
        assert.ok(!isExpected, 'as expected now: take the difference out');
        assert.deepEqual({ version, ...got }, { version: row.version, ...row.got });
      });
    }

    it('differences are noted of cases that there are', () => {
      const names = new Set(cases.map((test) => test.name));
      assert.deepEqual(
        [...rows.keys()].filter((row) => !names.has(row)),
        [],
      );
    });
  });

  after(() => {
    const asExpected = cases.length - rows.size;
    console.log(`${name} ${version}: ${asExpected} cases as expected, ${rows.size} differences as noted.`);
  });
}
