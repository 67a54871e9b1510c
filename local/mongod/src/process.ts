import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { tieToThisProcess } from '@beyond-headers/local-process';

const TERM_GRACE_MS = 3_000;
const CACHE_GIGABYTES = '0.25';
const OPLOG_MEGABYTES = '64';

/** The program, data, port, and settings of one mongod. */
export interface Place {
  program: string;
  dbPath: string;
  port: number;
  replicaSet: string | undefined;
  /** Whether the data is deleted at the end, even if this process is killed. */
  temporary: boolean;
  testCommands: boolean;
  checkpointEveryS: number;
}

/** One run of the program. */
export interface MongodProcess {
  pid: number;
  /** Resolves once the process has ended, with its exit code or signal, e.g. `exit code 48` or `SIGKILL`. */
  ended: Promise<string>;
  kill(signal: NodeJS.Signals): void;
  /** Sends SIGTERM, and SIGKILL after 3 s. With temporary data, sends SIGKILL at once. Resolves once the process has ended. */
  stop(): Promise<void>;
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
export async function launch(place: Place): Promise<MongodProcess> {
  const child = spawn(place.program, commandLine(place), { stdio: 'ignore', detached: true });
  await once(child, 'spawn');
  const pid = child.pid as number;
  const release = tieToThisProcess(pid, place.temporary ? place.dbPath : '');
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => {
    release();
    return signal === null ? `exit code ${code}` : String(signal);
  });
  const stop = async () => {
    child.kill('SIGCONT');
    child.kill(place.temporary ? 'SIGKILL' : 'SIGTERM');
    const impatience = setTimeout(() => child.kill('SIGKILL'), TERM_GRACE_MS);
    await ended;
    clearTimeout(impatience);
  };
  return { pid, ended, kill: (signal) => void child.kill(signal), stop };
}

function commandLine(place: Place): string[] {
  return [
    ['--dbpath', place.dbPath],
    ['--port', String(place.port)],
    ['--bind_ip', '127.0.0.1'],
    place.replicaSet ? ['--replSet', place.replicaSet] : [],
    ['--logpath', logFile(place), '--logappend', '--quiet'],
    ['--wiredTigerCacheSizeGB', CACHE_GIGABYTES],
    place.replicaSet ? ['--oplogSize', OPLOG_MEGABYTES] : [],
    // A socket file in the system's temporary directory would stay behind after SIGKILL.
    ['--nounixsocket'],
    ['--syncdelay', String(place.checkpointEveryS)],
    ['--setParameter', 'diagnosticDataCollectionEnabled=false'],
    // Otherwise SIGTERM waits 15 s for clients to move to another member, and there is none.
    ['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'],
    place.testCommands ? ['--setParameter', 'enableTestCommands=1'] : [],
  ].flat();
}
