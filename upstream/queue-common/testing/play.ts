import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Mongod } from '@beyond-headers/local-mongod';

/** A shop that sends messages, and a worker that processes them. */
interface Shop {
  /** A folder with the programs `order` and `work`, and their preload `register.mjs`. */
  fixtures: string;
  mongod: Mongod;
  extension: 'mjs' | 'cjs';
  env?: Record<string, string>;
}

/**
 * Runs the programs one after the other, each in its own process, with a database of the test. Returns a file with their spans, in one line
 * of OTLP JSON for each program. Throws if a program fails.
 */
export async function playShop(t: TestContext, { fixtures, mongod, extension, env }: Shop): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'played-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const spansFile = join(folder, 'spans.jsonl');
  const database = t.name.replaceAll(/\W+/g, '_');
  for (const [service, program] of [
    ['shop', 'order'],
    ['worker', 'work'],
  ] as const)
    await runToEnd(
      [
        process.execPath,
        '--import',
        join(fixtures, 'register.mjs'),
        join(fixtures, `${program}.${extension}`),
      ],
      {
        MONGODB_URI: mongod.uri.replace('/?', `/${database}?`),
        ...env,
        OTEL_SERVICE_NAME: service,
        SPANS_FILE: spansFile,
      },
    );
  return spansFile;
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
