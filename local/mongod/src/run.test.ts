import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { isAlive, until } from '@beyond-headers/local-process';
import { run } from './run.ts';

test('an aborted program is gone when its run rejects', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'beyond-headers-run-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'pid');
  const abort = new AbortController();
  const running = run('sh', ['-c', 'echo $$ > "$0" && exec sleep 60', file], 0, { signal: abort.signal });
  const pid = await until(() => readFile(file, 'utf8').then(Number, () => 0), Boolean);
  abort.abort();
  await assert.rejects(running, /`sh -c` failed/);
  assert.equal(isAlive(pid), false);
});
