import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { End, Expected } from './labels.ts';

const TRACES = fileURLToPath(new URL('../../../packages/traces/src/cli.ts', import.meta.url));
/** The command's own: 1 says that there are findings of the severity asked for. */
const ANSWERED = [0, 1];

interface Answer {
  findings: Array<{ rule: string; from?: End; to?: End }>;
}

/** Is there a `traces lint`? */
export const hasLint = (): boolean => spawnSync(process.execPath, [TRACES, 'lint', '--help']).status === 0;

/** What `traces lint` finds in a file, with the ids of the spans left out. */
export function lint(file: string): Expected[] {
  const args = [TRACES, 'lint', '--file', file, '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === null || !ANSWERED.includes(status))
    throw new Error(`traces lint --file ${file} ended with ${status}: ${stderr}`);
  const { findings } = JSON.parse(stdout) as Answer;
  return findings.map(({ rule, from, to }) => ({
    rule,
    ...(from && { from: nameOf(from) }),
    ...(to && { to: nameOf(to) }),
  }));
}

const nameOf = ({ service, kind, name }: End): End => ({ service, kind, name });
