import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'node:test';
import { until } from '../../support/until.ts';
import { childEnvironment } from '../../support/child-environment.ts';

export const EXAMPLES = fileURLToPath(new URL('../../../examples/', import.meta.url));

export interface Program {
  /** Returns what the program has written to stdout and stderr so far. */
  output(): string;
  /** Waits for a line of output that matches, and returns the pattern's first group. */
  prints(pattern: RegExp): Promise<string>;
  /** Resolves with the exit code when the program has ended. */
  exit: Promise<number | null>;
  /** Sends SIGTERM, and returns the exit code. */
  stop(): Promise<number | null>;
  /** Sends SIGKILL. */
  kill(): Promise<void>;
  /** Closes the program's stdin. */
  endInput(): void;
}

/** Starts a program in `cwd` with `env` and `childEnvironment` as its whole environment. The end of the test kills it. */
export function start(
  t: TestContext,
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
  cwd = EXAMPLES,
): Program {
  const child = spawn(command, args, { cwd, env: { ...childEnvironment, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const exit = once(child, 'close').then(([code]) => code as number | null);
  t.after(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return {
    output: () => output,
    exit,
    prints: async (pattern) => {
      await until(
        () => Promise.resolve(output),
        (text) => pattern.test(text) || child.exitCode !== null,
        {
          what: `${command} ${args.join(' ')} printing ${pattern}`,
          deadlineMs: 30_000,
        },
      );
      const [, found] = pattern.exec(output) ?? [];
      if (found === undefined) throw new Error(`${args.join(' ')} ended without ${pattern}:\n${output}`);
      return found;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return exit;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
    endInput: () => void child.stdin.end(),
  };
}

/** Starts a program of the examples with the telemetry preload. */
export function startTraced(
  t: TestContext,
  file: string,
  service: string,
  env: NodeJS.ProcessEnv,
  args: readonly string[] = [],
): Program {
  const command = [process.execPath, '--import', '@beyond-headers/telemetry/register', file, ...args];
  return start(t, command, { OTEL_SERVICE_NAME: service, OTEL_BSP_SCHEDULE_DELAY: '20', ...env });
}
