import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { freeze } from './freeze.ts';
import { spawnTied } from './spawn-tied.ts';

/** Prints a line when it is ready for SIGTERM, which it ends on with exit code 3. */
const POLITE = `process.once('SIGTERM', () => process.exit(3)); setInterval(() => {}, 1_000); console.log('ready')`;

test('a suspended program continues and ends on request', async () => {
  const child = await spawnTied(process.execPath, ['--eval', POLITE], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.process.stdout!, 'data');
  await freeze(child.pid);
  await child.stop(20_000);
  assert.equal(await child.ended, 'exit code 3');
});
