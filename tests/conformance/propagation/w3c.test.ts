import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hops } from './hops/all-hops.ts';
import { runW3cSuite, suite } from './w3c-suite.ts';

test('the suite has its 41 cases', () => {
  assert.equal(new Set(suite.map(({ name }) => name)).size, 41);
});

for (const { name, open } of hops)
  test(`the suite of W3C holds over ${name}`, (t) => runW3cSuite(t, name, open));
