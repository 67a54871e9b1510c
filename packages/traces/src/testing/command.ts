import type { ExitCode } from '../cli/command.ts';
import { run } from '../cli/run.ts';

/** Runs the command in this process. Returns its exit code and its output. */
export async function command(...args: string[]): Promise<{ code: ExitCode; out: string; error: string }> {
  const [out, error]: [string[], string[]] = [[], []];
  const code = await run(args, {
    out: (text) => out.push(text),
    error: (text) => error.push(text),
    color: false,
  });
  return { code, out: out.join('\n'), error: error.join('\n') };
}

export const traces = {
  assert: (...args: string[]) => command('assert', ...args),
  draw: (...args: string[]) => command('draw', ...args),
  lint: (...args: string[]) => command('lint', ...args),
};
