import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { PORTS } from '@beyond-headers/supervisor';

const FREE_PORTS = Object.fromEntries(Object.values(PORTS).map(({ variable }) => [variable, '0']));
const LAST_LINE_OF_BANNER = 'Stop: Ctrl-C';

export interface Started {
  npm: ChildProcess;
  output: string;
  urls: { writer: string; traces: string; mongodb: string };
}

/**
 * Runs `npm start` in a shell with these variables, on free ports, and in its own process group, as a terminal does. Stops it at the end
 * of the test. Resolves with its output up to the banner.
 */
export async function npmStart(t: TestContext, env: Record<string, string> = {}): Promise<Started> {
  const npm = spawn('npm', ['start'], {
    cwd: ROOT,
    env: { ...process.env, ...FREE_PORTS, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  t.after(async () => {
    if (npm.exitCode !== null || npm.signalCode !== null || npm.pid === undefined) return;
    process.kill(-npm.pid, 'SIGINT');
    await once(npm, 'exit');
  });
  let output = '';
  const ready = Promise.withResolvers<void>();
  for (const stream of [npm.stdout, npm.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output += `${line}\n`;
      if (line.includes(LAST_LINE_OF_BANNER)) ready.resolve();
    });
  }
  npm.once('close', (code) => ready.reject(new Error(`npm start ended with ${code}:\n${output}`)));
  await ready.promise;
  const address = (name: string) =>
    new RegExp(`^ {2}${name} +(\\S+?)(?:/api/\\S*)?$`, 'm').exec(output)?.[1] ?? '';
  return {
    npm,
    output,
    urls: { writer: address('writer'), traces: address('traces'), mongodb: address('MongoDB') },
  };
}
