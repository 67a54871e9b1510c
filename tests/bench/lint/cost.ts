import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Cost {
  /** User and system time of all threads, in seconds. */
  cpu: number;
  /** Elapsed time, in seconds. It means little on a shared machine. */
  clock: number;
  mb: number;
  output: string;
}

/**
 * Runs a Node.js program, which must end with this exit code, and returns its resource usage. The program writes the usage to `folder` at
 * its exit.
 */
export async function cost(folder: string, args: string[], code: number): Promise<Cost> {
  const usage = join(folder, 'usage.json');
  const say = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(usage)}, JSON.stringify(process.resourceUsage())));`;
  const preload = `data:text/javascript,${encodeURIComponent(say)}`;
  const startedAt = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', preload, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const clock = (performance.now() - startedAt) / 1e3;
  if (status !== code) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(
    await readFile(usage, 'utf8'),
  ) as NodeJS.ResourceUsage;
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, clock, mb: (maxRSS * 1_024) / 1e6, output: stdout };
}
