import assert from 'node:assert/strict';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { test } from 'node:test';
import { loadInstrumentations } from './instrumentations.ts';

test('the package.json of a patched package is read once', async (t) => {
  const [mongodb] = await loadInstrumentations(['mongodb'], true);
  t.after(() => mongodb?.disable());
  const read = t.mock.method(fs, 'readFileSync');
  syncBuiltinESMExports();
  t.after(() => {
    read.mock.restore();
    syncBuiltinESMExports();
  });
  await import('mongodb');
  const reads = read.mock.calls.filter(
    ({ arguments: [path], stack }) =>
      /mongodb.package\.json$/.test(String(path)) && stack.stack?.includes('_extractPackageVersion'),
  );
  assert.equal(reads.length, 1);
});
