import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { type Mongod, mongodbUri, requireMongodb } from '@beyond-headers/local-mongod';
import { readConfig } from '@beyond-headers/service-kit/config';
import { assemble, type Parts } from './assemble.ts';
import type { LocalSystemOptions } from './local-system-options.ts';
import { localUrls, type Ports, resolvePorts } from './ports.ts';
import { takeRunDirectory, temporaryRunId } from './run-directory.ts';
import { announce } from './running-system.ts';
import { startAll, stopAll } from './supervise.ts';
import { startConfig } from './variables.ts';

/** Where running systems keep their state, one directory each. */
export const RUNS_DIRECTORY = join(ROOT, '.local', 'run');

// How long to wait for the ports of a crashed run. Its watchdogs need less time to end its processes.
const PORTS_OF_CRASHED_RUN_MS = 6_000;

/** A running local system. */
export interface LocalSystem {
  urls: ReturnType<typeof localUrls> & { mongodb: string };
  ports: Ports;
  kubeconfig: string;
  /** The mongod of this system. Undefined if `MONGODB_URI` names another one, or if `only` leaves it out. */
  mongod: Mongod | undefined;
  /** Returns the pid of each running process, by name. */
  processes(): Record<string, number>;
  /** Kills one process, by default with SIGKILL, as in a crash. The others keep running. */
  kill(name: string, signal?: NodeJS.Signals): Promise<void>;
  /** Stops one process if it runs, and starts it again with the same settings. */
  restart(name: string): Promise<void>;
  /** Stops everything within 5 s. May be called again. */
  stop(): Promise<void>;
  /** Resolves when everything has stopped: with the reason if a process ended by itself, else with undefined. */
  stopped: Promise<string | undefined>;
}

/**
 * Starts mongod, the trace store, the cluster, and the services as processes on 127.0.0.1, and waits until all are ready. Throws,
 * and leaves nothing running, if a port is taken, or if a process ends or isn't ready within 60 s. If a process ends by itself
 * later, the whole system stops. The system does not outlive this process.
 */
export async function startLocalSystem(options: LocalSystemOptions = {}): Promise<LocalSystem> {
  const started = new AsyncDisposableStack();
  try {
    return await startIn(started, options);
  } catch (error) {
    await started.disposeAsync().catch((failure: unknown) => {
      const [why, also] = [error, failure].map((one) => (one instanceof Error ? one.message : String(one)));
      throw new Error(`${why}\nAfter that, the clean-up failed: ${also}`, { cause: error });
    });
    throw error;
  }
}

async function startIn(started: AsyncDisposableStack, options: LocalSystemOptions): Promise<LocalSystem> {
  const run = await takeRunDirectory(RUNS_DIRECTORY, options.runId ?? temporaryRunId());
  started.defer(() => run.release());
  const ports = await resolvePorts(options.ports ?? {}, run.wasCrashed ? PORTS_OF_CRASHED_RUN_MS : 0);
  const kubeconfig = options.kubeconfig ?? join(run.path, 'kubeconfig');
  const { MONGODB_URI: given, MONGODB_DATABASE: mongodbDatabase } = readConfig(startConfig);
  if (given) await requireMongodb(given);
  const mongodb = given ?? mongodbUri(ports.mongodb);
  const journals = join(run.path, 'journals');
  const context = { ports, kubeconfig, journals, mongodbUri: mongodb, mongodbDatabase };
  const failure = new AbortController();
  const parts = assemble(run.path, context, { ...options, startsMongod: !given }, (why) =>
    failure.abort(new Error(why)),
  );
  started.defer(() => rm(kubeconfig, { force: true }));
  started.defer(() => stopAll([...parts.values()]));
  const signals = options.signal ? [options.signal, failure.signal] : [failure.signal];
  await startAll([...parts.values()], AbortSignal.any(signals));
  const urls = { ...localUrls(ports), mongodb };
  if (options.envFile) started.defer(await announce(run.path, { ...urls, mongodbDatabase }, options.envFile));
  return { urls, ports, kubeconfig, ...control(parts, started, failure.signal) };
}

function control(
  parts: Parts,
  started: AsyncDisposableStack,
  failure: AbortSignal,
): Omit<LocalSystem, 'urls' | 'ports' | 'kubeconfig'> {
  const asked = new AbortController();
  const stopped = aborted(AbortSignal.any([asked.signal, failure])).then(async () => {
    await started.disposeAsync();
    return asked.signal.aborted ? undefined : (failure.reason as Error).message;
  });
  const named = (name: string) => {
    const found = parts.get(name);
    if (!found)
      throw new Error(`No process is named ${name}. Expected one of ${[...parts.keys()].join(', ')}.`);
    return found;
  };
  return {
    mongod: parts.get('mongod')?.mongod?.(),
    processes: () =>
      Object.fromEntries(
        [...parts].flatMap(([name, part]) => {
          const pid = part.pid();
          return pid === undefined ? [] : [[name, pid]];
        }),
      ),
    kill: (name, signal = 'SIGKILL') => named(name).kill(signal),
    restart: (name) => named(name).restart(),
    async stop() {
      asked.abort();
      await stopped;
    },
    stopped,
  };
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
