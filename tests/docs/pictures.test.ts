import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { SHOTS } from '../browser/screenshots/shots.ts';

// A clone does not show whether a picture is newer than the page in it. A test can only check that all of them can be taken again.
// That a picture on a page exists is a matter of links.test.ts.
test('the pictures are those that npm run screenshots takes', () => {
  assert.deepEqual(
    readdirSync(join(ROOT, 'docs/images')).toSorted(),
    SHOTS.map(({ file }) => file).toSorted(),
  );
});
