import { readdirSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/**
 * Sends SIGSTOP to a process, and resolves when none of its threads runs. On Linux each thread stops by itself, the next time
 * that it is scheduled: under load, a process may answer requests for a while after the signal was sent.
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
  return readdirSync(`/proc/${pid}/task`).map((thread) => {
    const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
    return stat.charAt(stat.lastIndexOf(')') + 2);
  });
}
