import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { findMongod } from './find-mongod.ts';
import { findFreePort, freeze, type TiedChild } from '@beyond-headers/local-process';
import { launch, logTail, REPLICA_SET, type Place } from './process.ts';
import { becomePrimary, untilItListens } from './replica-set.ts';

const START_TIMEOUT_MS = 30_000;
const TERM_GRACE_MS = 3_000;
const MAX_PORTS = 5;
/** An exit code of mongod: https://www.mongodb.com/docs/manual/reference/exit-codes/ */
const ADDRESS_IN_USE = 'exit code 48';

/** How to start a mongod. Every field may be left out. */
export interface MongodOptions {
  /** TCP port on 127.0.0.1. 0, the default, picks a free port. */
  port?: number;
  /** Data directory. It is created if it is missing, and kept. Default: a temporary directory, which `close()` deletes. */
  dbPath?: string;
  /** Without a replica set, and so without change streams. Default: false. */
  standalone?: boolean;
  /** Enables commands for tests, such as `configureFailPoint`. Default: false. */
  testCommands?: boolean;
  /** Seconds between two checkpoints. The oplog keeps all entries since the last one, whatever its size. Default: 60, as in mongod. */
  checkpointEveryS?: number;
  log?: (line: string) => void;
  /** Ends the search for a program, including a download. */
  signal?: AbortSignal;
  /** Called when the process ends unexpectedly, with its exit code or signal, e.g. `exit code 14`. */
  onUnexpectedEnd?: (how: string) => void;
}

/** A running mongod. Unless it is standalone, it is the primary and only member of the replica set `rs0`. */
export interface Mongod {
  readonly uri: string;
  readonly port: number;
  /** Changes with `restart()`. */
  readonly pid: number;
  /** Suspends the process (SIGSTOP), and resolves when all threads have stopped. Connections stay open, but get no response. */
  freeze(): Promise<void>;
  /** Resumes the process after `freeze()`. */
  thaw(): void;
  /** Kills the process, by default with SIGKILL, like a crash. The data stays for `restart()`. Resolves once the process has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Ends the process if it runs, and starts it again with the same data on the same port. */
  restart(): Promise<void>;
  /** Ends the process, with SIGKILL after 3 s or `graceMs`, and deletes temporary data. May be called again. */
  close(graceMs?: number): Promise<void>;
}

/**
 * Returns the URI of a mongod that this package starts. It has no `directConnection`, so that a driver waits for the primary to come back.
 * With it, writes between the server's start and its election would fail.
 */
export function mongodbUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?replicaSet=${REPLICA_SET}`;
}

/**
 * Starts a real mongod on 127.0.0.1, by default as a single-node replica set, so that transactions and change streams work. Resolves once
 * it accepts writes. If it doesn't within 30 s, throws with the end of its log. It never outlives this process, however this process ends.
 */
export async function startMongod(options: MongodOptions = {}): Promise<Mongod> {
  if (options.port) return startOn(options.port, options);
  // Another process may take the free port before mongod listens on it. Then any other free port works as well.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOn(await findFreePort(), options);
    } catch (error) {
      if (attempt === MAX_PORTS || !isPortTaken(error)) throw error;
    }
  }
}

const isPortTaken = (error: unknown): boolean => String((error as Error).cause).endsWith(ADDRESS_IN_USE);

async function startOn(port: number, options: MongodOptions): Promise<Mongod> {
  const { standalone = false, testCommands = false, checkpointEveryS = 60, onUnexpectedEnd } = options;
  const program = await findMongod(options);
  const temporary = options.dbPath === undefined;
  const dbPath = resolve(options.dbPath ?? (await mkdtemp(join(tmpdir(), 'beyond-headers-mongod-'))));
  await mkdir(dbPath, { recursive: true });
  const removeData = async () => {
    if (temporary) await rm(dbPath, { recursive: true, force: true });
  };
  const place = { program, dbPath, port, standalone, temporary, testCommands, checkpointEveryS };

  let expected: TiedChild | undefined;
  const start = async () => {
    const started = await startPrimary(place);
    void started.ended.then((how) => (expected === started ? undefined : onUnexpectedEnd?.(how)));
    return started;
  };
  let current = await start().catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  const stop = async (graceMs = TERM_GRACE_MS) => {
    expected = current;
    // Data that is deleted needs no orderly end.
    await current.stop(temporary ? 0 : graceMs);
  };
  return {
    uri: standalone ? `mongodb://127.0.0.1:${port}/` : mongodbUri(port),
    port,
    get pid() {
      return current.pid;
    },
    freeze: () => freeze(current.pid),
    thaw: () => current.signal('SIGCONT'),
    async kill(signal = 'SIGKILL') {
      expected = current;
      current.signal(signal);
      await current.ended;
    },
    async restart() {
      await stop();
      current = await start();
    },
    async close(graceMs) {
      await stop(graceMs);
      await removeData();
    },
  };
}

async function startPrimary(place: Place): Promise<TiedChild> {
  const child = await launch(place);
  const giveUp = new AbortController();
  const deadline = AbortSignal.any([giveUp.signal, AbortSignal.timeout(START_TIMEOUT_MS)]);
  const death = child.ended.then((how) => {
    throw new Error(`it ended with ${how}`);
  });
  try {
    await Promise.race([takesWrites(place, deadline), death]);
    return child;
  } catch (error) {
    const why = deadline.aborted ? 'not ready in time' : String(error);
    giveUp.abort();
    await child.stop(place.temporary ? 0 : TERM_GRACE_MS);
    throw new Error(
      `Failed to start mongod (${place.program}) on port ${place.port}: ${why}.\n${await logTail(place)}`,
      { cause: error },
    );
  } finally {
    death.catch(() => {});
  }
}

async function takesWrites({ port, standalone }: Place, signal: AbortSignal): Promise<void> {
  await untilItListens(port, signal);
  if (!standalone) await becomePrimary(port, signal);
}
