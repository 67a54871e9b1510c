import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { fakeTable, pidsOf } from './fixtures/fake-table.ts';
import { isAlive, until } from '@beyond-headers/local-process';
import { type LocalSystem, RUNS_DIRECTORY, startLocalSystem } from './local-system.ts';
import type { LocalSystemOptions } from './local-system-options.ts';

const FAKES = ['front', 'back'];

const untilGone = (pids: number[]) =>
  until(
    () => pids.filter(isAlive),
    ({ length }) => length === 0,
    { what: 'no process left' },
  );

function startFakes(behaviour = '', options: LocalSystemOptions = {}): Promise<LocalSystem> {
  return startLocalSystem({ only: FAKES, processes: fakeTable(behaviour), ...options });
}

async function ownRuns(): Promise<string[]> {
  const names = await readdir(RUNS_DIRECTORY);
  return names.filter((name) => name.startsWith(`pid-${process.pid}-`));
}

test('stop leaves no process and no state', async () => {
  const system = await startFakes();
  const pids = await pidsOf(system);
  assert.equal(pids.filter(isAlive).length, 4);
  await Promise.all([system.stop(), system.stop()]);
  await untilGone(pids);
  assert.deepEqual(await ownRuns(), []);
  assert.equal(await system.stopped, undefined);
});

test('stop removes the addresses and the kubeconfig', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'beyond-headers-system-'));
  t.after(() => rm(folder, { recursive: true }));
  const [envFile, kubeconfig] = [join(folder, 'env'), join(folder, 'kubeconfig')];
  const system = await startFakes('', { envFile, kubeconfig });
  await writeFile(kubeconfig, '');
  assert.deepEqual((await readdir(folder)).toSorted(), ['env', 'kubeconfig']);
  await system.stop();
  assert.deepEqual(await readdir(folder), []);
});

test('the end of one process stops all', async () => {
  const system = await startFakes();
  const pids = await pidsOf(system);
  await fetch(`${system.urls.poller}/crash`).catch(() => {});
  const why = await system.stopped;
  assert.match(why ?? '', /^back ended with exit code 7\.\nIts last lines:\n[^]*last words$/);
  await untilGone(pids);
  assert.deepEqual(await ownRuns(), []);
});

test('a failing start leaves nothing running', async () => {
  const lines: string[] = [];
  await assert.rejects(startFakes('cannot-start', { log: (line) => lines.push(line) }), {
    message: 'front ended with exit code 3.\nIts last lines:\n  the disk is full',
  });
  assert.ok(lines.includes('back   | INFO  listening trace=abc'), lines.join('\n'));
  assert.deepEqual(await ownRuns(), []);
});

test('an aborted start says what was missing', async () => {
  const signal = AbortSignal.timeout(2_000);
  await assert.rejects(startFakes('never-ready', { signal }), { name: 'TimeoutError' });
  assert.deepEqual(await ownRuns(), []);
});

test('a failing start whose clean-up fails says both', async (t) => {
  const kubeconfig = await mkdtemp(join(tmpdir(), 'beyond-headers-not-a-file-'));
  t.after(() => rm(kubeconfig, { recursive: true }));
  await assert.rejects(startFakes('cannot-start', { kubeconfig }), {
    message: /^\w+ ended with exit code 3\.[^]*\nAfter that, the clean-up failed: .*is a directory/i,
  });
  assert.deepEqual(await ownRuns(), []);
});

test('a deaf process is killed within five seconds', async () => {
  const system = await startFakes('ignores-sigterm');
  const pids = await pidsOf(system);
  const startedAt = Date.now();
  await system.stop();
  assert.ok(Date.now() - startedAt < 5_000);
  await untilGone(pids);
});

test('a killed process can be restarted', async (t) => {
  const system = await startFakes();
  t.after(() => system.stop());
  const before = system.processes();
  await system.kill('back');
  assert.deepEqual(Object.keys(system.processes()), ['front']);
  await system.restart('back');
  assert.equal((await fetch(system.urls.poller)).status, 200);
  assert.notEqual(system.processes().back, before.back);
  await assert.rejects(
    async () => system.kill('side'),
    /No process is named side. Expected one of front, back/,
  );
});

test('two systems run side by side', async (t) => {
  const systems = await Promise.all([startFakes(), startFakes()]);
  t.after(() => Promise.all(systems.map((system) => system.stop())));
  const ports = systems.flatMap((system) => Object.values(system.ports));
  assert.equal(new Set(ports).size, ports.length);
});

test('nothing outlives a supervisor that is killed', async (t) => {
  const program = fileURLToPath(new URL('./fixtures/run-fakes.ts', import.meta.url));
  const supervisor = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => supervisor.kill('SIGKILL'));
  const [line] = (await once(createInterface(supervisor.stdout), 'line')) as [string];
  const pids = JSON.parse(line) as number[];
  assert.equal(pids.filter(isAlive).length, 5);
  supervisor.kill('SIGKILL');
  await untilGone(pids);
});
