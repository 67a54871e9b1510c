import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { loadInstrumentations } from './instrumentations.ts';
import { replaceBuiltin } from './testing/replace-builtin.ts';

test('the package.json of a patched package is read once', async (t) => {
  const [mongodb] = await loadInstrumentations(['mongodb'], true);
  t.after(() => mongodb?.disable());
  const read = replaceBuiltin(t, fs, 'readFileSync', fs.readFileSync);
  await import('mongodb');
  const reads = read.mock.calls.filter(
    ({ arguments: [path], stack }) =>
      /mongodb.package\.json$/.test(String(path)) && stack.stack?.includes('_extractPackageVersion'),
  );
  assert.equal(reads.length, 1);
});
