import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { COMPILE_CACHE } from '@beyond-headers/local-process/compile-cache';
import { killGroup, tieToThisProcess } from '@beyond-headers/local-process';
import { ownEnvironment } from '@beyond-headers/local-process/own-environment';
import type { ProcessDefinition } from './process-definition.ts';

const TAIL_LINES = 10;
// When a process has exited, its last output may still be in the pipes.
const LAST_OUTPUT_MS = 500;

/** A running process of the system. */
export interface Child {
  pid: number;
  /** Resolves when the process is gone, with its exit code or signal, such as `exit code 1` or `SIGKILL`. */
  ended: Promise<string>;
  /** Returns the last lines of output, oldest first. */
  tail(): string[];
  signal(name: NodeJS.Signals): void;
}

/**
 * Starts a process in its own process group, so that Ctrl-C in a terminal signals only the supervisor. The group does not outlive
 * this process. What the child leaves in the group does not outlive the child.
 */
export async function startChild(
  { args, cwd, env }: ProcessDefinition,
  onLine: (line: string) => void,
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...COMPILE_CACHE, ...ownEnvironment(process.env, 'start').env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const release = tieToThisProcess(pid);
  const closed = once(child, 'close');
  const ended = once(child, 'exit').then(async ([code, signal]: (number | string | null)[]) => {
    release();
    killGroup(pid);
    await Promise.race([closed, delay(LAST_OUTPUT_MS, undefined, { ref: false })]);
    return signal === null ? `exit code ${code}` : String(signal);
  });
  return { pid, ended, tail: readLines(child, onLine), signal: (name) => void child.kill(name) };
}

function readLines(child: ChildProcess, onLine: (line: string) => void): () => string[] {
  const tail: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface({ input: stream }).on('line', (line) => {
      tail.push(line);
      if (tail.length > TAIL_LINES) tail.shift();
      onLine(line);
    });
  }
  return () => tail;
}
