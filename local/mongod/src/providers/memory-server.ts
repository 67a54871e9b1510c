import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { fillCache } from '../cache.ts';
import { run } from '../run.ts';
import type { Provider } from './provider.ts';

const NO_TIMEOUT = 0;
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
  const over = new AbortController();
  const worker = run(process.execPath, [WORKER, directory], NO_TIMEOUT, {
    env: {
      ...process.env,
      MONGOMS_MAX_RETRIES: '1',
      MONGOMS_MD5_CHECK: 'true',
      // Without this setting, the library accepts any certificate.
      npm_config_strict_ssl: 'true',
    },
    signal: AbortSignal.any([signal, over.signal]),
  });
  try {
    const output = await Promise.race([worker, failIfStalled(directory, over.signal)]);
    return output.trim().split('\n').at(-1) ?? '';
  } finally {
    over.abort();
    // The caller deletes the directory, to which the worker must not write then.
    await worker.catch(() => {});
  }
}

async function failIfStalled(directory: string, signal: AbortSignal): Promise<never> {
  let bytes = 0;
  let lastChange = Date.now();
  while (Date.now() - lastChange < STALL_MS) {
    const now = await bytesIn(directory);
    if (now !== bytes) lastChange = Date.now();
    bytes = now;
    await delay(CHECK_EVERY_MS, undefined, { signal });
  }
  throw new Error(`no byte arrived within ${STALL_MS} ms`);
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
