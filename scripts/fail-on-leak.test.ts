import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

test('a child that a test leaves fails the run, and does not hold it', () => {
  const args = ['--import', './scripts/fail-on-leak.ts', '--test', 'scripts/fixtures/leaves-a-child.ts'];
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: join(import.meta.dirname, '..'),
    // With this variable, the child process would act as part of this test run.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(status, 1);
  assert.match(stdout, /A test left something running: .*ProcessWrap/);
});
