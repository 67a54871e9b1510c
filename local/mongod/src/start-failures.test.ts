import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startMongod } from './mongod.ts';

/** Exit codes of a mongod that can't start, and how often it is started. 48 means that another program has taken the port. */
const STARTS = [
  [1, 1],
  [48, 5],
] as const;

for (const [exitCode, times] of STARTS) {
  test(`a mongod that ends with exit code ${exitCode} leaves no data`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'beyond-headers-failing-mongod-'));
    t.after(() => rm(folder, { recursive: true }));
    const [program, starts, data] = ['mongod', 'starts', 'data'].map((name) => join(folder, name));
    await mkdir(data!);
    const script = `[ "$1" = --version ] && echo 'db version v8' && exit; echo >>'${starts}'; exit ${exitCode}`;
    await writeFile(program!, `#!/bin/sh\n${script}\n`);
    await chmod(program!, 0o755);
    const { MONGOD, TMPDIR } = process.env;
    Object.assign(process.env, { MONGOD: program, TMPDIR: data });
    t.after(() => restore({ MONGOD, TMPDIR }));
    await assert.rejects(startMongod(), new RegExp(`Failed to start mongod .*exit code ${exitCode}`));
    assert.equal((await readFile(starts!, 'utf8')).length, times);
    assert.deepEqual(await readdir(data!), []);
  });
}

function restore(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
}
