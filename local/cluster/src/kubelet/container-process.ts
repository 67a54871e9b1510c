import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { lineWriter, type ContainerLog } from './container-log.ts';
import type { Reaper } from './reaper.ts';

export interface Command {
  argv: string[];
  env: ReadonlyMap<string, string>;
  workingDir: string;
}

export interface Exit {
  exitCode: number;
  reason: 'Completed' | 'Error' | 'StartError';
  message?: string;
}

export interface RunningContainer {
  pid?: number | undefined;
  /** Asks the container's first process to end, as the kubelet does at the start of the grace period. */
  terminate(): void;
  /** Ends all of the container's processes. */
  kill(): void;
  exit: Promise<Exit>;
}

const RUNTIME =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ';
// Output that a process left behind keeps the pipe open; it is given up after this long.
const DRAIN_MS = 1000;

/**
 * Starts a container's command as a process group of its own, with exactly the given environment. Never throws: what cannot be started
 * ends with the exit that a real container runtime gives it.
 */
export function startContainer(command: Command, log: ContainerLog, reaper: Reaper): RunningContainer {
  const impossible = startProblem(command);
  if (impossible) return ended(impossible);
  try {
    return running(launch(command), command, log, reaper);
  } catch (error) {
    return ended(startFailure(command, error, log));
  }
}

function launch({ argv, env, workingDir }: Command): ChildProcess {
  return spawn(argv[0] ?? '', argv.slice(1), {
    cwd: workingDir,
    env: Object.fromEntries(env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

function running(child: ChildProcess, command: Command, log: ContainerLog, reaper: Reaper): RunningContainer {
  const group = child.pid;
  if (group !== undefined) reaper.watch(group);
  const output = Promise.all([drain(child.stdout, log), drain(child.stderr, log)]);
  const exit = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve(startFailure(command, error, log)));
    child.once(
      'exit',
      (code, signal) => void finish(child, output, reaper).then(() => resolve(exitOf(code, signal))),
    );
  });
  return { pid: group, terminate: () => child.kill('SIGTERM'), kill: () => killGroup(group), exit };
}

async function finish(child: ChildProcess, output: Promise<unknown>, reaper: Reaper): Promise<void> {
  // The end of a container's first process ends all others in it.
  killGroup(child.pid);
  if (child.pid !== undefined) reaper.forget(child.pid);
  const giveUp = setTimeout(
    () => [child.stdout, child.stderr].forEach((stream) => stream?.destroy()),
    DRAIN_MS,
  );
  await output;
  clearTimeout(giveUp);
}

function drain(stream: NodeJS.ReadableStream | null, log: ContainerLog): Promise<void> {
  const lines = lineWriter(log);
  return new Promise((resolve) => {
    stream?.on('data', (chunk: Buffer) => lines.write(chunk));
    stream?.on('error', () => undefined);
    stream?.once('close', () => {
      lines.end();
      resolve();
    });
    if (!stream) resolve();
  });
}

function killGroup(group: number | undefined): void {
  if (group === undefined) return;
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // The group is gone already: nothing is left to end.
  }
}

function exitOf(code: number | null, signal: NodeJS.Signals | null): Exit {
  const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
  return { exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' };
}

function ended(exit: Exit): RunningContainer {
  return { terminate: () => undefined, kill: () => undefined, exit: Promise.resolve(exit) };
}

function startProblem({ argv, env, workingDir }: Command): Exit | undefined {
  const nul = [...env].find(([, value]) => value.includes('\0'));
  if (nul) {
    const shown = JSON.stringify(nul.join('=')).replaceAll('\\u0000', String.raw`\x00`);
    return startError(
      String.raw`error during container init: environment variable value can't contain null(\x00): ${shown}`,
    );
  }
  if (!argv[0]) return startError('process.args: Required value: no command specified');
  if (existsSync(workingDir)) return undefined;
  return startError(
    `error during container init: chdir to cwd ("${workingDir}") set in config.json failed: no such file or directory`,
  );
}

function startFailure({ argv, env }: Command, error: unknown, log: ContainerLog): Exit {
  const [program = ''] = argv;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'E2BIG') {
    log.append(`exec ${resolved(program, env)}: argument list too long\n`);
    return { exitCode: 1, reason: 'Error' };
  }
  if (code === 'EACCES') return startError(`exec: "${program}": permission denied`);
  if (program.includes('/'))
    return startError(`exec: "${program}": stat ${program}: no such file or directory`);
  return startError(`exec: "${program}": executable file not found in $PATH`);
}

/** Where a program is found by the container's own PATH; its name when nowhere. */
function resolved(program: string, env: ReadonlyMap<string, string>): string {
  if (program.includes('/')) return program;
  const places = (env.get('PATH') ?? '').split(':').map((directory) => `${directory}/${program}`);
  return places.find((path) => existsSync(path)) ?? program;
}

function startError(detail: string): Exit {
  return {
    exitCode: 128,
    reason: 'StartError',
    message: `${RUNTIME}unable to start container process: ${detail}: unknown`,
  };
}
