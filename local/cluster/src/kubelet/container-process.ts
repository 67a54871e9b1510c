import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { killGroup, tieToThisProcess } from '@beyond-headers/local-process';
import { lineWriter, type ContainerLog } from './container-log.ts';

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
  /** Sends SIGTERM to the container's first process, as a kubelet does at the start of the grace period. */
  terminate(): void;
  /** Sends SIGKILL to all of the container's processes. */
  kill(): void;
  exit: Promise<Exit>;
}

const RUNTIME =
  'failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: ';
// How long to wait for the end of the output. A process that has left the group can keep the pipe open.
const DRAIN_MS = 1000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Starts a container's command in its own process group, with exactly the given environment. Never throws: if the command can't be
 * started, `exit` resolves to what a real container runtime reports.
 */
export function startContainer(command: Command, log: ContainerLog): RunningContainer {
  const { argv, env, workingDir } = command;
  const impossible = startProblem(command);
  if (impossible) return ended(impossible);
  try {
    const child = spawn(argv[0] ?? '', argv.slice(1), {
      cwd: workingDir,
      // Node.js adds its variable for coverage to every environment that doesn't have it.
      env: { NODE_V8_COVERAGE: undefined, ...Object.fromEntries(env) },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    return running(child, command, log);
  } catch (error) {
    return ended(startFailure(command, error, log));
  }
}

function running(child: Child, command: Command, log: ContainerLog): RunningContainer {
  const group = child.pid ?? 0;
  const release = child.pid === undefined ? undefined : tieToThisProcess(group);
  const outputs = [child.stdout, child.stderr];
  const drained = Promise.all(outputs.map((stream) => drain(stream, log)));
  const exit = new Promise<Exit>((resolve) => {
    child.once('error', (error) => resolve(startFailure(command, error, log)));
    child.once('exit', (code, signal) => {
      // As in a real container, all other processes end with the first one.
      killGroup(group);
      release?.();
      const giveUp = setTimeout(() => outputs.forEach((one) => one.destroy()), DRAIN_MS);
      void drained.then(() => {
        clearTimeout(giveUp);
        const exitCode = code ?? 128 + (signal ? constants.signals[signal] : 0);
        resolve({ exitCode, reason: exitCode === 0 ? 'Completed' : 'Error' });
      });
    });
  });
  return { pid: child.pid, terminate: () => child.kill('SIGTERM'), kill: () => killGroup(group), exit };
}

async function drain(stream: Readable, log: ContainerLog): Promise<void> {
  const lines = lineWriter(log);
  try {
    for await (const chunk of stream) lines.write(chunk as Buffer);
  } catch {
    // The stream was destroyed.
  }
  lines.end();
}

function ended(exit: Exit): RunningContainer {
  return { terminate: () => undefined, kill: () => undefined, exit: Promise.resolve(exit) };
}

function startProblem({ argv, env, workingDir }: Command): Exit | undefined {
  const init = 'error during container init: ';
  const nul = [...env].find(([, value]) => value.includes('\0'));
  if (nul) {
    const shown = JSON.stringify(nul.join('=')).replaceAll('\\u0000', String.raw`\x00`);
    return startError(String.raw`${init}environment variable value can't contain null(\x00): ${shown}`);
  }
  if (!argv[0]) return startError('process.args: Required value: no command specified');
  if (existsSync(workingDir)) return undefined;
  return startError(
    `${init}chdir to cwd ("${workingDir}") set in config.json failed: no such file or directory`,
  );
}

function startFailure({ argv: [program = ''], env }: Command, error: unknown, log: ContainerLog): Exit {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'E2BIG') {
    log.append(`exec ${resolved(program, env)}: argument list too long\n`);
    return { exitCode: 1, reason: 'Error' };
  }
  const missing = program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH';
  return startError(`exec: "${program}": ${code === 'EACCES' ? 'permission denied' : missing}`);
}

/** Returns the path of a program on the container's own PATH, or its name if it isn't found. */
function resolved(program: string, env: ReadonlyMap<string, string>): string {
  if (program.includes('/')) return program;
  const places = (env.get('PATH') ?? '').split(':').map((directory) => `${directory}/${program}`);
  return places.find((path) => existsSync(path)) ?? program;
}

function startError(detail: string): Exit {
  const message = `${RUNTIME}unable to start container process: ${detail}: unknown`;
  return { exitCode: 128, reason: 'StartError', message };
}
