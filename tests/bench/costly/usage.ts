import { readFile } from 'node:fs/promises';

const MS_PER_TICK = 10;

/** Reads the resident memory of a process, and the processor time of all its threads, from `/proc`. */
export async function usageOf(pid: number | undefined): Promise<{ bytes: number; cpuMs: number }> {
  const [status, stat] = await Promise.all([
    readFile(`/proc/${pid}/status`, 'utf8'),
    readFile(`/proc/${pid}/stat`, 'utf8'),
  ]);
  // The name of the program is in parentheses, and can contain any character.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = fields.slice(11, 13).map(Number);
  return {
    bytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024,
    cpuMs: (user! + system!) * MS_PER_TICK,
  };
}
