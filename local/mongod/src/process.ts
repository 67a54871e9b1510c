import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { spawnTied, type TiedChild } from '@beyond-headers/local-process';

export const REPLICA_SET = 'rs0';
const CACHE_GIGABYTES = '0.25';
const OPLOG_MEGABYTES = '64';

/** The program, data, port, and settings of one mongod. */
export interface Place {
  program: string;
  dbPath: string;
  port: number;
  standalone: boolean;
  /** Whether the data is deleted at the end, even if this process is killed. */
  temporary: boolean;
  testCommands: boolean;
  checkpointEveryS: number;
}

function logFile({ dbPath }: Place): string {
  return join(dbPath, 'mongod.log');
}

/** Returns the last lines of the log, for an error message. */
export async function logTail(place: Place, lines = 5): Promise<string> {
  const text = await readFile(logFile(place), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Starts the program. It does not outlive this process, however this process ends. */
export const launch = (place: Place): Promise<TiedChild> =>
  spawnTied(place.program, commandLine(place), {
    stdio: 'ignore',
    removeAfter: place.temporary ? place.dbPath : undefined,
  });

function commandLine(place: Place): string[] {
  return [
    ['--dbpath', place.dbPath],
    ['--port', String(place.port)],
    ['--bind_ip', '127.0.0.1'],
    ['--logpath', logFile(place), '--logappend', '--quiet'],
    ['--wiredTigerCacheSizeGB', CACHE_GIGABYTES],
    place.standalone ? [] : ['--replSet', REPLICA_SET, '--oplogSize', OPLOG_MEGABYTES],
    // A socket file in the system's temporary directory would stay behind after SIGKILL.
    ['--nounixsocket'],
    ['--syncdelay', String(place.checkpointEveryS)],
    ['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Otherwise SIGTERM waits 15 s for clients to move to another member, and there is none.
    ['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'],
    place.testCommands ? ['--setParameter', 'enableTestCommands=1'] : [],
  ].flat();
}
