import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EDITS } from '../support/edits.ts';
import { readText } from '../../support/run.ts';

for (const { path, old } of Object.values(EDITS)) {
  test(`${path} has what the test on a cluster edits`, async () => {
    assert.ok((await readText(path)).includes(old), `no ${JSON.stringify(old)}`);
  });
}
