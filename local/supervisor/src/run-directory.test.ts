import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { runIdOf, runningSystems, takeRunDirectory, temporaryRunId } from './run-directory.ts';

const NO_PROCESS = 2 ** 30;

async function runsDirectory(t: TestContext): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'runs-test-'));
  t.after(() => rm(path, { recursive: true }));
  return path;
}

async function leaveLock(runs: string, id: string, owner: unknown): Promise<void> {
  await mkdir(join(runs, id));
  await writeFile(join(runs, id, 'supervisor.json'), JSON.stringify(owner));
}

test('a run in use names its pid', async (t) => {
  const runs = await runsDirectory(t);
  const run = await takeRunDirectory(runs, 'port-8081');
  assert.equal(run.wasCrashed, false);
  await assert.rejects(
    takeRunDirectory(runs, 'port-8081'),
    new RegExp(`one is already running, with pid ${process.pid}`),
  );
  assert.deepEqual(await runningSystems(runs), [{ id: 'port-8081', pid: process.pid }]);
  await run.release();
  assert.deepEqual(await runningSystems(runs), []);
});

test('a crashed run is taken over', async (t) => {
  const runs = await runsDirectory(t);
  await leaveLock(runs, 'port-8081', { pid: NO_PROCESS, started: 'yesterday' });
  await writeFile(join(runs, 'port-8081', 'data'), 'kept');
  const run = await takeRunDirectory(runs, 'port-8081');
  assert.equal(run.wasCrashed, true);
  await run.release();
  assert.ok(existsSync(join(runs, 'port-8081', 'data')));
});

test('a reused pid does not own the run', async (t) => {
  const runs = await runsDirectory(t);
  await leaveLock(runs, 'port-8081', { pid: process.pid, started: 'Thu Jan  1 00:00:00 1970' });
  const run = await takeRunDirectory(runs, 'port-8081');
  assert.equal(run.wasCrashed, true);
  await run.release();
});

test('a temporary run leaves no directory', async (t) => {
  const runs = await runsDirectory(t);
  const run = await takeRunDirectory(runs, temporaryRunId());
  assert.ok(existsSync(run.path));
  await run.release();
  assert.ok(!existsSync(run.path));
});

test('crashed temporary runs are swept away', async (t) => {
  const runs = await runsDirectory(t);
  const crashed = `pid-${NO_PROCESS}-x`;
  const starting = `pid-${process.ppid}-x`;
  await leaveLock(runs, crashed, { pid: NO_PROCESS, started: '' });
  await mkdir(join(runs, starting));
  const run = await takeRunDirectory(runs, temporaryRunId());
  assert.ok(!existsSync(join(runs, crashed)));
  assert.ok(existsSync(join(runs, starting)), 'a run that has no lock yet was swept away');
  await run.release();
});

test('only a fixed port has kept data', () => {
  assert.deepEqual(runIdOf(8081), { runId: 'port-8081' });
  assert.deepEqual(runIdOf(0), {});
});
