import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { forget } from './forget.ts';
import { takeRunDirectory } from './run-directory.ts';

const THERE = ['compile-cache', 'env', 'go-job', 'kubeconfig', 'mine', 'mongod', 'run', 'tutorial'];

async function localDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'forget-test-'));
  t.after(() => rm(directory, { recursive: true }));
  for (const name of THERE) {
    await mkdir(join(directory, name));
    await writeFile(join(directory, name, 'file'), 'x');
  }
  return directory;
}

for (const [options, left] of [
  [{}, ['compile-cache', 'go-job', 'mine', 'mongod', 'tutorial']],
  [{ downloads: true }, ['mine', 'tutorial']],
  [{ tutorial: true }, ['compile-cache', 'go-job', 'mine', 'mongod']],
  [{ all: true }, []],
] as const) {
  test(`reset with ${JSON.stringify(options)} lists first and leaves ${left.join(', ') || 'nothing'}`, async (t) => {
    const directory = await localDirectory(t);
    const said: string[] = [];
    await forget(directory, options, (line) => said.push(line));
    assert.deepEqual((await readdir(directory)).toSorted(), left);
    const gone = THERE.filter((name) => !(left as readonly string[]).includes(name));
    assert.equal(said[0], `Deleting ${gone.map((name) => `.local/${name}`).join(', ')}.`);
  });
}

test('reset deletes nothing while a system runs', async (t) => {
  const directory = await localDirectory(t);
  const run = await takeRunDirectory(join(directory, 'run'), 'port-8081');
  await assert.rejects(
    forget(directory, { all: true }, () => {}),
    new RegExp(`a system is running with pid ${process.pid}\\.`),
  );
  assert.deepEqual((await readdir(directory)).toSorted(), THERE);
  await run.release();
});
