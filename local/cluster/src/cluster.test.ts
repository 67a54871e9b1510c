import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { until } from '@beyond-headers/local-process';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { startCluster } from './cluster.ts';
import {
  createJob,
  jobManifest,
  jobsUrl,
  listPods,
  podsUrl,
  processIds,
  readJob,
  SHELL_IMAGE,
  withCluster,
} from './testing/cluster-client.ts';

// Ignores SIGTERM, never exits by itself, and has a child process.
const STUBBORN = 'trap "" TERM; sleep 1000 & while true; do sleep 1; done';
const CLOSE_MS = 5000;

test('closing ends every process and every watch in time', async () => {
  const cluster = await startCluster({ images: { [SHELL_IMAGE]: { command: ['sh'] } } });
  await createJob(cluster.url, jobManifest('stubborn', STUBBORN));
  const pids = processIds(
    await until(
      () => listPods(cluster.url),
      (pods) => pods[0]?.status.phase === 'Running',
    ),
  );
  const watch = await fetch(jobsUrl(cluster.url, '?watch=1'));
  const follow = await fetch(
    podsUrl(cluster.url, `/${(await listPods(cluster.url))[0]?.metadata.name ?? ''}/log?follow=1`),
  );
  const startedMs = performance.now();
  await Promise.all([
    cluster.close(),
    cluster.close(),
    watch.text().catch(() => ''),
    follow.text().catch(() => ''),
  ]);
  assert.ok(performance.now() - startedMs < CLOSE_MS);
  assert.equal(pids.length, 1);
  assert.deepEqual(groupMembers(pids[0] ?? 0), []);
});

test('when the cluster is killed its containers die with it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'cluster-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const cluster = startProcess({ CLUSTER_KUBECONFIG: kubeconfig });
  const exited = once(cluster, 'exit');
  try {
    const url = await until(
      () => serverIn(kubeconfig),
      (found) => found !== '',
    );
    await createJob(url, jobManifest('stubborn', STUBBORN));
    const [pid = 0] = processIds(
      await until(
        () => listPods(url),
        (pods) => pods[0]?.status.phase === 'Running',
      ),
    );
    assert.ok(groupMembers(pid).length > 1);
    cluster.kill('SIGKILL');
    await until(
      () => groupMembers(pid),
      (members) => members.length === 0,
    );
  } finally {
    cluster.kill('SIGKILL');
    await exited;
    await rm(directory, { recursive: true });
  }
});

test('the process writes a private kubeconfig and ends on SIGTERM', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'cluster-'));
  const kubeconfig = join(directory, 'kubeconfig');
  const cluster = startProcess({ CLUSTER_KUBECONFIG: kubeconfig });
  const exited = once(cluster, 'exit');
  const url = await until(
    () => serverIn(kubeconfig),
    (found) => found !== '',
  );
  assert.equal((await stat(kubeconfig)).mode & 0o777, 0o600);
  assert.equal(await (await fetch(`${url}/readyz`)).text(), 'ok');
  cluster.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
  await rm(directory, { recursive: true });
});

test('a wrong setting stops the process and is named', async () => {
  const cluster = startProcess({ CLUSTER_IMAGES: 'nonsense' });
  const said = text(cluster.stderr);
  if (cluster.exitCode === null) await once(cluster, 'exit');
  assert.match(await said, /CLUSTER_IMAGES: got "nonsense"/);
  assert.equal(cluster.exitCode, 1);
});

test('a taken port is refused by its number', async () => {
  await withCluster(async (cluster) => {
    const port = Number(new URL(cluster.url).port);
    await assert.rejects(startCluster({ port, images: {} }), new RegExp(`EADDRINUSE.*${port}`));
  });
});

test('nothing of this process reaches a container', async () => {
  const { NODE_V8_COVERAGE: coverage } = process.env;
  process.env['SUPERVISOR_SECRET'] = 'do-not-leak';
  process.env['NODE_V8_COVERAGE'] = join(tmpdir(), 'no-coverage-of-containers');
  try {
    await withCluster(async ({ url }) => {
      await createJob(url, jobManifest('env', 'env'));
      await until(
        () => readJob(url, 'env'),
        ({ status }) => status.succeeded === 1,
      );
      const [pod] = await listPods(url);
      const log = await (await fetch(podsUrl(url, `/${pod?.metadata.name ?? ''}/log`))).text();
      const names = log.split('\n').map((line) => line.split('=')[0] ?? '');
      const known = /^(|KUBERNETES_.*|PATH|HOME|HOSTNAME|PWD|SHLVL|_|OLDPWD)$/;
      assert.deepEqual(
        names.filter((name) => !known.test(name)),
        [],
      );
      assert.match(log, /^HOME=\/$/m);
    });
  } finally {
    delete process.env['SUPERVISOR_SECRET'];
    if (coverage === undefined) delete process.env['NODE_V8_COVERAGE'];
    else process.env['NODE_V8_COVERAGE'] = coverage;
  }
});

test('what a container started ends with its first process', async () => {
  await withCluster(async ({ url }) => {
    await createJob(url, jobManifest('parent', 'sleep 1000 >/dev/null 2>&1 & echo started'));
    await until(
      () => readJob(url, 'parent'),
      ({ status }) => status.succeeded === 1,
    );
    const [pid = 0] = processIds(await listPods(url));
    assert.ok(pid > 0);
    await until(
      () => groupMembers(pid),
      (members) => members.length === 0,
    );
  });
});

test('more pods than the node takes wait for their turn', async () => {
  await withCluster(async ({ url }) => {
    await createJob(url, jobManifest('wide', 'sleep 1000', { completions: 112, parallelism: 112 }));
    const waits = (phase: string, count: number) =>
      until(
        () => listPods(url),
        (pods) => pods.filter((one) => one.status.phase === phase).length === count,
      );
    const pods = await waits('Running', 110);
    const [waiting] = pods.filter(({ spec }) => !spec.nodeName);
    assert.equal(waiting?.status.conditions?.[0]?.message, '0/1 nodes are available: 1 Too many pods.');
  });
});

/** Returns the ids of the processes in a process group, except zombies. */
function groupMembers(group: number): string[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pgid=,pid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return fields
    .filter(([pgid, , state]) => Number(pgid) === group && !state?.startsWith('Z'))
    .map(([, pid]) => pid ?? '');
}

function startProcess(
  env: Record<string, string>,
): ReturnType<typeof spawn> & { stderr: NodeJS.ReadableStream } {
  const images = JSON.stringify({ [SHELL_IMAGE]: { command: ['sh'] } });
  return spawn(process.execPath, [new URL('./main.ts', import.meta.url).pathname], {
    env: {
      PATH: process.env['PATH'],
      ...COMPILE_CACHE,
      CLUSTER_PORT: '0',
      CLUSTER_IMAGES: images,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function serverIn(kubeconfig: string): Promise<string> {
  const text = await readFile(kubeconfig, 'utf8').catch(() => '');
  return /server: (\S+)\n.*namespace: default/s.exec(text)?.[1] ?? '';
}
