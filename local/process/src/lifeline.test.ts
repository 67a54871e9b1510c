import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { isAlive } from './groups.ts';
import { until } from './until.ts';

const LIFELINE = new URL('./lifeline.ts', import.meta.url).href;

/** Starts a process that ties a child to itself, prints the child's pid, and then runs `afterwards`. It ends with its test. */
async function tiedChild(t: TestContext, child: string, afterwards = '', directory = '') {
  const program = `
    import { spawn } from 'node:child_process';
    import { tieToThisProcess } from ${JSON.stringify(LIFELINE)};
    const child = spawn('/bin/sh', ['-c', ${JSON.stringify(child)}], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    tieToThisProcess(child.pid, ${JSON.stringify(directory)});
    child.stdout.once('data', () => { process.stdout.write(child.pid + '\\n'); ${afterwards} });
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => parent.kill('SIGKILL'));
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  assert.match(line, /^\d+$/);
  return { parent, pid: Number(line) };
}

test('a killed parent takes its child along', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'lifeline-test-'));
  const { parent, pid } = await tiedChild(t, 'echo up; exec sleep 60', '', directory);
  assert.ok(isAlive(pid));
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), Boolean);
  await until(() => !existsSync(directory), Boolean);
});

test('a parent that exits takes its child along', async (t) => {
  const { pid } = await tiedChild(t, 'echo up; exec sleep 60', 'process.exit(0);');
  await until(() => !isAlive(pid), Boolean);
});

test('a frozen child can still end in order', async (t) => {
  const directory = await mkdtemp(join(tmpdir(), 'lifeline-test-'));
  t.after(() => rm(directory, { recursive: true }));
  const farewell = join(directory, 'farewell');
  const child = `trap 'touch ${farewell}; exit' TERM; echo up; while :; do sleep 0.1; done`;
  const { parent, pid } = await tiedChild(t, child);
  process.kill(pid, 'SIGSTOP');
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), Boolean);
  assert.ok(existsSync(farewell), 'it was killed before it could act on SIGTERM');
});

test('a child deaf to SIGTERM is killed', async (t) => {
  const { parent, pid } = await tiedChild(t, 'trap "" TERM; echo up; while :; do sleep 1; done');
  parent.kill('SIGKILL');
  await until(() => !isAlive(pid), Boolean);
});
