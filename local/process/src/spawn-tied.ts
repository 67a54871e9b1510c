import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { killGroup } from './groups.ts';
import { tieToThisProcess } from './lifeline.ts';

/** A running child process. */
export interface TiedChild {
  process: ChildProcess;
  pid: number;
  /** Resolves when the process is gone, with its exit code or signal, such as `exit code 1` or `SIGKILL`. */
  ended: Promise<string>;
  signal(name: NodeJS.Signals): void;
  /** Sends SIGTERM, and SIGKILL after `graceMs`. Resolves when the process is gone. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Starts a program in its own process group, so that Ctrl-C in a terminal signals only this process. The group does not outlive this
 * process, and what the child leaves in the group does not outlive the child. For `removeAfter`, see {@link tieToThisProcess}. Rejects
 * if the program can't be started.
 */
export async function spawnTied(
  program: string,
  args: readonly string[],
  { removeAfter, ...options }: SpawnOptions & { removeAfter?: string | undefined } = {},
): Promise<TiedChild> {
  const child = spawn(program, args, { ...options, detached: true });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const release = tieToThisProcess(pid, removeAfter);
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => {
    release();
    killGroup(pid);
    return signal === null ? `exit code ${code}` : String(signal);
  });
  return {
    process: child,
    pid,
    ended,
    signal: (name) => void child.kill(name),
    async stop(graceMs) {
      child.kill('SIGTERM');
      // A process that is stopped by SIGSTOP acts on SIGTERM only when it continues.
      child.kill('SIGCONT');
      const impatience = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(impatience);
    },
  };
}
