import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, isListening, spawnTied, until } from '@beyond-headers/local-process';
import { findMongod } from '@beyond-headers/local-mongod';

const REPLICA_SET = 'rs0';

/** A mongod on 127.0.0.1 for the replica set `rs0`. The caller initiates the set. */
export interface Mongod {
  /** host:port */
  address: string;
  /** Kills the process, as in a crash. Resolves when it has ended. */
  kill(): Promise<void>;
}

/** Starts several mongods, and deletes their data when they are killed. Resolves when all of them listen. */
export function startMongods(count: number, options: string[] = []): Promise<Mongod[]> {
  return Promise.all(Array.from({ length: count }, () => startOne(options)));
}

export const uriOf = (mongods: Mongod[]): string =>
  `mongodb://${mongods.map(({ address }) => address).join(',')}/?replicaSet=${REPLICA_SET}`;

async function startOne(options: string[]): Promise<Mongod> {
  const [program, port] = [await findMongod(), await findFreePort()];
  const dbPath = await mkdtemp(join(tmpdir(), 'beyond-headers-mongod-'));
  const where = ['--dbpath', dbPath, '--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  const limits = ['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64', '--quiet'];
  const child = await spawnTied(program, ['--replSet', REPLICA_SET, ...where, ...limits, ...options], {
    stdio: 'ignore',
    removeAfter: dbPath,
  });
  await until(() => isListening(port), Boolean, { deadlineMs: 30_000, what: `mongod on port ${port}` });
  const kill = async () => {
    child.signal('SIGKILL');
    await child.ended;
    await rm(dbPath, { recursive: true, force: true });
  };
  return { address: `127.0.0.1:${port}`, kill };
}
