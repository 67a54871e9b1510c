import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/**
 * Sends SIGSTOP to a process, and on Linux resolves when none of its threads runs. There, each thread stops when it is scheduled
 * next, so under load a process can answer requests for a while after the signal. On other systems, resolves at once.
 */
export async function freeze(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  if (process.platform !== 'linux') return;
  await until(
    () => threadStates(pid),
    (states) => states.every((state) => state === 'T'),
    { what: `a stop of process ${pid}` },
  );
}

/** State letters of proc(5), which follow the name in parentheses. */
function threadStates(pid: number): string[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      return stat.charAt(stat.lastIndexOf(')') + 2);
    } catch {
      // The thread has ended since it was listed.
      return [];
    }
  });
}
