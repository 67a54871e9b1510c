import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestSystem } from './support/system.ts';

test('a test system that cannot start leaves nothing', async () => {
  const tooLong = 'x'.repeat(64);
  await assert.rejects(startTestSystem(tooLong), /JOB_MONGODB_DATABASE/);
});
