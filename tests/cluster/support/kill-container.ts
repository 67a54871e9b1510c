import { readdir, readFile } from 'node:fs/promises';
import { run } from '../../support/run.ts';
import type { ClusterSystem } from './system.ts';

/** Sends SIGKILL to the job's process in a pod. Returns false if the containers are not processes of this machine. */
export async function killContainer({ namespace }: ClusterSystem, pod: string): Promise<boolean> {
  const { metadata } = await namespace.core.readNamespacedPod({ namespace: namespace.name, name: pod });
  const pid = await findProcess(metadata?.uid ?? '');
  if (pid) await kill(pid);
  return pid !== undefined;
}

/** Kills as root, because the pod's process belongs to another user. */
async function kill(pid: number): Promise<void> {
  if (process.getuid?.() === 0) process.kill(pid, 'SIGKILL');
  else await run('sudo', ['--non-interactive', 'kill', '-KILL', String(pid)]);
}

async function findProcess(podUid: string): Promise<number | undefined> {
  // A kubelet with the cgroup driver of systemd writes the uid with underscores.
  const names = [podUid, podUid.replaceAll('-', '_')];
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const [cgroup, command] = await Promise.all([read(`/proc/${pid}/cgroup`), read(`/proc/${pid}/cmdline`)]);
    if (names.some((name) => cgroup.includes(name)) && command.includes('main.ts')) return Number(pid);
  }
  return undefined;
}

/** A process may end between being listed and being read. */
const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
