import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { fillCache } from '../cache.ts';
import type { Provider } from './provider.ts';

const STALL_MS = 5_000;
const CHECK_EVERY_MS = 100;
const WORKER = fileURLToPath(new URL('./memory-server-worker.ts', import.meta.url));

/** MongoDB's own download for this platform, through mongodb-memory-server. Fails when no byte arrives for 5 s. */
export const memoryServer: Provider = {
  name: "mongodb-memory-server-core's download",
  find({ cacheDirectory, log, signal }) {
    log('downloading mongod through mongodb-memory-server-core …');
    return fillCache(cacheDirectory, (directory) => download(directory, signal));
  },
};

// Runs in its own process, because the library retries without a time limit, writes to the console, and can't be stopped.
async function download(directory: string, signal: AbortSignal): Promise<string> {
  const worker = spawn(process.execPath, [WORKER, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      MONGOMS_MAX_RETRIES: '1',
      MONGOMS_MD5_CHECK: 'true',
      // Without this setting, the library accepts any certificate.
      npm_config_strict_ssl: 'true',
    },
  });
  const output = collect(worker.stdout);
  const errors = collect(worker.stderr);
  const ended = once(worker, 'close') as Promise<[number | null]>;
  const watching = new AbortController();
  const end = () => void worker.kill('SIGKILL');
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  const stalled = await Promise.race([
    ended.then(() => false),
    untilStalled(directory, watching.signal).then(() => true),
  ]);
  watching.abort();
  signal.removeEventListener('abort', end);
  worker.kill('SIGKILL');
  const [code] = await ended;
  if (stalled) throw new Error(`no byte arrived within ${STALL_MS} ms`);
  if (code !== 0) throw new Error(lastLine(errors()) || `the download ended with exit code ${code}`);
  return lastLine(output());
}

async function untilStalled(directory: string, signal: AbortSignal): Promise<void> {
  let bytes = 0;
  let lastChange = Date.now();
  while (!signal.aborted && Date.now() - lastChange < STALL_MS) {
    const now = await bytesIn(directory);
    if (now !== bytes) lastChange = Date.now();
    bytes = now;
    await delay(CHECK_EVERY_MS);
  }
}

async function bytesIn(directory: string): Promise<number> {
  const names = await readdir(directory);
  const sizes = names.map((name) =>
    stat(join(directory, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return () => text;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
