import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A program that runs as its own service, and ends by itself. */
export interface PlayedProgram {
  service: string;
  file: string;
}

export interface Played {
  /** A file with the spans of all programs, in one line of OTLP JSON for each program. */
  spansFile: string;
}

/** Runs programs one after the other, each with a preload in its own process. Throws if a program fails. */
export async function play(
  t: TestContext,
  { preload, programs, env }: { preload: string; programs: PlayedProgram[]; env: Record<string, string> },
): Promise<Played> {
  const folder = await mkdtemp(join(tmpdir(), 'played-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const spansFile = join(folder, 'spans.jsonl');
  for (const { service, file } of programs)
    await runToEnd([process.execPath, '--import', preload, file], {
      ...env,
      OTEL_SERVICE_NAME: service,
      SPANS_FILE: spansFile,
    });
  return { spansFile };
}

async function runToEnd([command = '', ...args]: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw new Error(
      `Failed to play ${args.join(' ')}: it ended with ${code}. Expected 0. It wrote:\n${output}`,
    );
}
