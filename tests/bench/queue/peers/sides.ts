import { join } from 'node:path';
import { ROOT } from '@beyond-headers/local-process/root';
import { SERVERS, startPostgres, startRedis, type Server } from '../../../support/servers.ts';
import { startForked } from '../forked.ts';
import { startSink, type Sink } from '../sink.ts';
import { EARLIER, installEarlier, installPeers } from './installed.ts';

export type SideName =
  | 'ours'
  | 'ours untraced'
  | 'earlier'
  | 'earlier untraced'
  | 'BullMQ, always'
  | 'BullMQ, everysec'
  | 'graphile-worker';

/** One round of a queue, in its own process. Resolves with messages per second for a backlog of `count` messages. */
export type Round = (count: number) => Promise<number>;

export interface Sides {
  /** The sides that this machine can run. The others are printed, with the reason. */
  rounds: Map<SideName, Round>;
  close: () => Promise<void>;
}

const OURS = join(import.meta.dirname, 'ours.ts');

export async function startSides(uri: string): Promise<Sides> {
  const running = new AsyncDisposableStack();
  const rounds: Sides['rounds'] = new Map();
  const add = async (name: SideName, program: string, options: Parameters<typeof startForked>[1]) => {
    const { ask, stop } = await startForked(program, options);
    running.defer(stop);
    rounds.set(name, (count) => ask<number>(count));
  };
  const addOurs = async (name: 'ours' | 'earlier', root: string, sink: Sink) => {
    await add(`${name} untraced`, OURS, { args: [uri, root] });
    await add(name, OURS, { args: [uri, root], cwd: root, otlpUrl: sink.url });
    const traced = rounds.get(name)!;
    rounds.set(name, async (count) => {
      const rate = await traced(count);
      await sink.quiet();
      return rate;
    });
  };
  const serve = async (server: Server) => {
    running.defer(() => server.close());
    return server.environment;
  };
  try {
    const sink = await startSink();
    running.defer(sink.stop);
    await addOurs('ours', ROOT, sink);
    const earlier = await installEarlier();
    if (earlier) await addOurs('earlier', earlier, sink);
    else leaveOut(`the build of ${EARLIER}: it is not in this clone's history`);
    const peers = await installPeers();
    if (isHere('redis')) {
      for (const fsync of ['always', 'everysec'] as const) {
        const env = await serve(await startRedis(['--appendonly', 'yes', '--appendfsync', fsync]));
        await add(`BullMQ, ${fsync}`, join(peers, 'bullmq.mjs'), { env });
      }
    }
    if (isHere('postgresql')) {
      const env = await serve(await startPostgres());
      await add('graphile-worker', join(peers, 'graphile-worker.mjs'), { env });
    }
    return { rounds, close: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}

function isHere(server: 'redis' | 'postgresql'): boolean {
  const missing = SERVERS[server].missing();
  if (missing) leaveOut(`it needs ${missing}`);
  return !missing;
}

const leaveOut = (what: string): void => console.log(`  left out: ${what}`);
