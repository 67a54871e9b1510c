import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { spawnTied, type TiedChild } from '@beyond-headers/local-process';
import { ownEnvironment } from '@beyond-headers/local-process/own-environment';
import type { ProcessDefinition } from './process-definition.ts';

const TAIL_LINES = 10;
// When a process has exited, its last output may still be in the pipes.
const LAST_OUTPUT_MS = 500;

/** A running process of the system. */
export interface Child extends TiedChild {
  /** The last lines of output, oldest first. */
  tail: readonly string[];
}

/** Starts a process. Its end shows when its output has been read. */
export async function startChild(
  { args, cwd, env }: ProcessDefinition,
  onLine: (line: string) => void,
): Promise<Child> {
  const child = await spawnTied(process.execPath, args, {
    cwd,
    env: { ...COMPILE_CACHE, ...ownEnvironment(process.env, 'start').env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail: string[] = [];
  for (const input of [child.process.stdout!, child.process.stderr!]) {
    createInterface({ input }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine(line);
    });
  }
  const closed = once(child.process, 'close');
  const ended = child.ended.then(async (how) => {
    await Promise.race([closed, delay(LAST_OUTPUT_MS, undefined, { ref: false })]);
    return how;
  });
  return { ...child, ended, tail };
}
