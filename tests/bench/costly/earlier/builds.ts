import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findFreePort } from '@beyond-headers/local-process';
import { ROOT } from '@beyond-headers/local-process/root';
import { EARLIER, installEarlier } from '../../queue/peers/installed.ts';

const PORTS = ['PLAYGROUND', 'WRITER', 'POLLER', 'JOB_LAUNCHER', 'CLUSTER', 'TRACES', 'OTLP_HTTP'] as const;

/** The folders of both builds. */
export interface Builds {
  today: string;
  earlier: string;
}

/** A system that `npm start` runs. */
export interface Running {
  /** From the start of the process until it prints that all services are ready. */
  startMs: number;
  writer: string;
  cluster: string;
  stop: () => Promise<void>;
}

/**
 * Installs the earlier build beside today's, and starts each of them once. After that, both have their dependencies and mongod. Resolves
 * with the reason if this isn't possible.
 */
export async function prepareBuilds(): Promise<Builds | string> {
  const earlier = await installEarlier();
  if (!earlier) return `it needs ${EARLIER} in this clone's history`;
  await (await startIn(ROOT)).stop();
  // The first start may have downloaded mongod.
  await cp(join(ROOT, '.local/mongod'), join(earlier, '.local/mongod'), { recursive: true });
  await (await startIn(earlier)).stop();
  return { today: ROOT, earlier };
}

/** Starts the system of the build in this folder, on free ports. Resolves when all services are ready. */
export async function startIn(build: string): Promise<Running> {
  const numbers = new Map<string, number>();
  for (const name of PORTS) numbers.set(`${name}_PORT`, await findFreePort());
  const start = performance.now();
  const child = spawn(process.execPath, ['scripts/setup.mjs', 'local/supervisor/src/main.ts'], {
    cwd: build,
    env: { PATH: process.env['PATH'], MONGODB_PORT: '0', ...Object.fromEntries(numbers) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  for await (const line of createInterface(child.stdout)) if (line.includes('(ready in ')) break;
  const startMs = performance.now() - start;
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`${build} ended with exit code ${child.exitCode}.`);
  const urlOf = (name: string): string => `http://127.0.0.1:${numbers.get(`${name}_PORT`)}`;
  return { startMs, writer: urlOf('WRITER'), cluster: urlOf('CLUSTER'), stop };
}
