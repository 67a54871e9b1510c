import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { runIdOf, takeRunDirectory } from './run-directory.ts';
import { announce, explainNoSystem, findRunningSystem } from './running-system.ts';

const MONGODB = 'mongodb://127.0.0.1:20001/?replicaSet=rs0&appName=a';

async function place(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'running-system-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const envFile = join(folder, 'env');
  const start = async (port: number, mongodb = MONGODB) => {
    const run = await takeRunDirectory(folder, runIdOf(port).runId ?? '');
    const addresses = {
      playground: 'http://127.0.0.1:1',
      writer: `http://127.0.0.1:${port}`,
      jobLauncher: 'http://127.0.0.1:8083',
      traces: 'http://127.0.0.1:16686',
      otlp: 'http://127.0.0.1:4318',
      mongodb,
      mongodbDatabase: 'orders',
    };
    return { stop: await announce(run.path, addresses, envFile), crash: () => run.release() };
  };
  const find = (env: NodeJS.ProcessEnv = {}) => findRunningSystem(folder, env);
  const explain = (env: NodeJS.ProcessEnv = {}) => explainNoSystem(folder, env);
  return { envFile, start, find, explain, folder };
}

test('the only system is found whatever its port', async (t) => {
  const { start, find } = await place(t);
  assert.equal(await find(), undefined);
  const { stop } = await start(9081);
  const found = await find();
  assert.equal(found?.writer, 'http://127.0.0.1:9081');
  assert.equal(found.pid, process.pid);
  await stop();
  assert.equal(await find(), undefined);
});

test('of several the one on the usual port is found, or the one that is asked for', async (t) => {
  const { start, find } = await place(t);
  for (const port of [9081, 8081]) await start(port);
  assert.equal((await find())?.writer, 'http://127.0.0.1:8081');
  assert.equal((await find({ WRITER_PORT: ' 9081 ' }))?.writer, 'http://127.0.0.1:9081');
  assert.equal(await find({ WRITER_PORT: '7081' }), undefined);
});

test('several systems on unusual ports are named', async (t) => {
  const { start, find } = await place(t);
  for (const port of [9081, 9082]) await start(port);
  await assert.rejects(
    find(),
    /Several systems are running\. .*WRITER_PORT=9081 \(pid \d+\), WRITER_PORT=9082/,
  );
});

test('a WRITER_PORT without a system is named, with those that run', async (t) => {
  const { start, find, explain } = await place(t);
  assert.equal(await explain(), 'npm start does not run.');
  await start(9081);
  assert.equal(await find({ WRITER_PORT: '9082' }), undefined);
  assert.equal(
    await explain({ WRITER_PORT: '9082' }),
    `npm start does not run with WRITER_PORT=9082, but with WRITER_PORT=9081 (pid ${process.pid}).`,
  );
});

test('a WRITER_PORT that is not a port chooses no system', async (t) => {
  const { start, find } = await place(t);
  await start(9081);
  await assert.rejects(find({ WRITER_PORT: '908l' }), /^Error: WRITER_PORT is not a port: got "908l"/);
});

test('a system that is gone is not found', async (t) => {
  const { start, find } = await place(t);
  const { crash } = await start(9081);
  await crash();
  assert.equal(await find(), undefined);
});

test('a shell reads the address of the last system that was started', async (t) => {
  const { start, envFile } = await place(t);
  const first = await start(9081);
  const second = await start(9082);
  const script = `. ${envFile}; echo "$MONGODB_URI $MONGODB_DATABASE $OTEL_EXPORTER_OTLP_ENDPOINT"`;
  const read = execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' });
  assert.equal(read, `${MONGODB} orders http://127.0.0.1:4318\n`);
  assert.equal((await stat(envFile)).mode & 0o777, 0o600);
  await first.stop();
  assert.ok(existsSync(envFile));
  await second.stop();
  assert.ok(!existsSync(envFile));
});

test('a password is written nowhere', async (t) => {
  const { start, find, folder } = await place(t);
  await start(9081, 'mongodb://me:hunter2@127.0.0.1:1/');
  assert.equal((await find())?.mongodb, undefined);
  assert.throws(() => execFileSync('grep', ['-r', 'hunter2', folder]));
});
