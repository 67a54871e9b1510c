import { join } from 'node:path';
import { SERVERS, startPostgres } from '../../../support/servers.ts';
import { median, percentile99 } from '../../statistics.ts';
import { startForked } from '../forked.ts';
import type { Ratio } from '../../ratio.ts';
import { installPeers } from './installed.ts';

const ROUNDS = 5;
const MESSAGES = 500;

/**
 * Measures the time from an insert to the start of its handler, at 100 inserts per second. Our queue uses a change stream, graphile-worker
 * uses LISTEN and NOTIFY.
 */
export async function compareLatency(uri: string): Promise<Ratio[]> {
  await using running = new AsyncDisposableStack();
  const start = async (program: string, options: Parameters<typeof startForked>[1]) => {
    const { ask, stop } = await startForked(program, options);
    running.defer(stop);
    return () => ask<number[]>(MESSAGES);
  };
  const startTheirs = async () => {
    const server = await startPostgres();
    running.defer(() => server.close());
    return start(join(await installPeers(), 'graphile-latency.mjs'), { env: server.environment });
  };
  const ours = await start(join(import.meta.dirname, 'latency-ours.ts'), { args: [uri] });
  const missing = SERVERS.postgresql.missing();
  if (missing) console.log(`  left out: graphile-worker, it needs ${missing}`);
  const theirs = missing ? undefined : await startTheirs();
  await ours();
  await theirs?.();
  const mine: number[][] = [];
  const toTheirs: number[] = [];
  for (let index = 0; index < ROUNDS; index++) {
    const times = await ours();
    mine.push(times);
    if (theirs) toTheirs.push(median(times) / median(await theirs()));
  }
  return [
    {
      what: 'p50 from insert to handler, with wake-up, at 100 orders a second',
      rounds: mine.map(median),
      bar: { atMost: 5 },
      unit: 'ms',
    },
    {
      what: 'p99 from insert to handler, with wake-up, at 100 orders a second',
      rounds: mine.map(percentile99),
      bar: { atMost: 15 },
      unit: 'ms',
    },
    ...(theirs
      ? [
          {
            what: 'p50 from insert to handler: ours / graphile-worker',
            rounds: toTheirs,
            bar: { atMost: 0.5 },
          },
        ]
      : []),
  ];
}
