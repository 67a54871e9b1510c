import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { SHOTS } from '../browser/screenshots/shots.ts';

// A clone doesn't show whether a picture is newer than its page. So this test only checks that each picture can be taken again.
// links.test.ts checks that the pictures on each page exist.
test('the pictures are those that npm run screenshots takes', () => {
  assert.deepEqual(
    readdirSync(join(ROOT, 'docs/images')).toSorted(),
    SHOTS.map(({ file }) => file).toSorted(),
  );
});
