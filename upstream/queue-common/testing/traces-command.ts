import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';

const CLI = fileURLToPath(new URL('../../../packages/traces/src/cli.ts', import.meta.url));

/** Runs the command `traces`, and returns its exit code and its output. */
export async function traces(
  ...args: string[]
): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = (await closed) as [number | null];
  return { code, out, error };
}

interface Finding {
  rule: string;
  certainty: string;
  from: { service: string; name: string };
  to: { service: string; name: string };
}

/** Returns the findings in a JSON report of `traces lint`, each as its rule, its certainty, and the two ends of the hop. */
export const findingsIn = (report: string): string[][] =>
  (JSON.parse(report) as { findings: Finding[] }).findings
    .map(({ rule, certainty, from, to }) => [
      rule,
      certainty,
      `${from.service} ${from.name}`,
      `${to.service} ${to.name}`,
    ])
    .toSorted((a, b) => (a.join() < b.join() ? -1 : 1));
