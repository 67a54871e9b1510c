import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { ExitCode } from '../cli/command.ts';
import { run } from '../cli/run.ts';
import type { Finding } from '../lint/finding.ts';
import type { LintSummary } from '../lint/lint.ts';

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

/** Runs `traces lint`. Also returns its report, in JSON. */
export async function lintReport(...args: string[]) {
  const ended = await traces.lint(...args, '--format', 'json');
  const report = JSON.parse(ended.out) as { findings: Finding[]; summary: LintSummary };
  return { ...ended, ...report };
}

/** Runs the command in a process of its own, with this text on standard input. */
export function startCommand(args: readonly string[], input = '') {
  const cli = join(import.meta.dirname, '../cli.ts');
  return spawnSync(process.execPath, [cli, ...args], { input, encoding: 'utf8' });
}
