import { readdir, readFile } from 'node:fs/promises';
import type { ClusterSystem } from './system.ts';

/** Sends SIGKILL to the job's process in a pod; false when its containers are not processes of this machine. */
export async function killContainer({ namespace }: ClusterSystem, pod: string): Promise<boolean> {
  const { metadata } = await namespace.core.readNamespacedPod({ namespace: namespace.name, name: pod });
  const pid = await findProcess(metadata?.uid ?? '');
  if (pid) process.kill(pid, 'SIGKILL');
  return pid !== undefined;
}

async function findProcess(podUid: string): Promise<number | undefined> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const [cgroup, command] = await Promise.all([read(`/proc/${pid}/cgroup`), read(`/proc/${pid}/cmdline`)]);
    if (cgroup.includes(podUid) && command.includes('main.ts')) return Number(pid);
  }
  return undefined;
}

/** A process may end between being listed and being read. */
const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
