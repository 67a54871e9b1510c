import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PAGES } from './explanations.ts';

test('every page that an explanation leads to is in the tutorial', () => {
  const folder = join(import.meta.dirname, '../../../docs/tutorial');
  for (const page of Object.values(PAGES)) assert.ok(existsSync(join(folder, `${page}.md`)), page);
});
