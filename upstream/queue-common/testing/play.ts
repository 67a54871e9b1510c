import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { startMongod } from '@beyond-headers/local-mongod';
import { findingsIn, traces } from './traces-command.ts';

/** Runs both programs, and returns a file with their spans, in one line of OTLP JSON for each program. Throws if a program fails. */
type Play = (t: TestContext, extension: 'mjs' | 'cjs', env?: Record<string, string>) => Promise<string>;

/** A shop that sends messages, and a worker that processes them. They run one after the other. */
const PROGRAMS = [
  ['shop', 'order'],
  ['worker', 'work'],
] as const;

/** @param fixtures a folder with the programs `order` and `work`, their preload `register.mjs`, and the expected trace `joined.yaml` */
export async function openShop(fixtures: string): Promise<Play> {
  const mongod = await startMongod();
  after(() => mongod.close());
  return async (t, extension, env = {}) => {
    const folder = await mkdtemp(join(tmpdir(), 'played-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const spansFile = join(folder, 'spans.jsonl');
    const database = t.name.replaceAll(/\W+/g, '_');
    for (const [service, program] of PROGRAMS)
      await runToEnd(
        ['--import', join(fixtures, 'register.mjs'), join(fixtures, `${program}.${extension}`)],
        {
          MONGODB_URI: mongod.uri.replace('/?', `/${database}?`),
          ...env,
          OTEL_SERVICE_NAME: service,
          SPANS_FILE: spansFile,
        },
      );
    return spansFile;
  };
}

/** Asserts that the spans are one trace as in `joined.yaml`, in which lint finds nothing. */
export async function assertJoined(spansFile: string, fixtures: string): Promise<void> {
  const expected = join(fixtures, 'joined.yaml');
  const asserted = await traces('assert', '--file', spansFile, '--expect', expected);
  assert.equal(asserted.code, 0, asserted.error);
  const linted = await traces('lint', '--file', spansFile, '--fail-on', 'info', '--format', 'json');
  assert.deepEqual(findingsIn(linted.out), []);
  assert.equal(linted.code, 0, linted.error);
}

/** Asserts that lint reports exactly these lost contexts, each with the sender's and the receiver's span. */
export async function assertLost(
  spansFile: string,
  hops: ReadonlyArray<[from: string, to: string]>,
): Promise<void> {
  const { code, out } = await traces('lint', '--file', spansFile, '--format', 'json');
  assert.equal(code, 1);
  assert.deepEqual(
    findingsIn(out),
    hops.map(([from, to]) => ['lost-context', 'certain', from, to]),
  );
}

async function runToEnd(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, args, {
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
