import { ORDERS_COLLECTION, type OrderDocument } from '@beyond-headers/contracts';
import { ConfigError, mongoConfig, openMongo, readConfig } from '@beyond-headers/service-kit';
import { shutdownTelemetry } from '@beyond-headers/telemetry';
import type { Collection } from 'mongodb';
import { z } from 'zod';
import { listDeadLetters, purgeDeadLetters, requeueDeadLetter } from '../queue/dead-letters.ts';
import { parseQueueArgs, USAGE, type QueueArgs } from './queue-args.ts';

type Orders = Collection<OrderDocument>;
type Output = Pick<Console, 'log' | 'error'>;

/** `npm run queue -- …`: shows, requeues and deletes dead letters of the database at `MONGODB_URI`. Resolves with the exit code. */
export async function runQueueCommand(argv: readonly string[], output: Output): Promise<number> {
  const args = parseQueueArgs(argv);
  if (args === 'help') {
    output.log(USAGE);
    return 0;
  }
  if ('wrong' in args) {
    output.error(`${args.wrong}\n\n${USAGE}`);
    return 2;
  }
  try {
    const config = readConfig(z.object(mongoConfig));
    const mongo = openMongo(config.MONGODB_URI, config.MONGODB_DATABASE, 'queue');
    try {
      await run(args, mongo.db.collection<OrderDocument>(ORDERS_COLLECTION), output);
    } finally {
      await mongo.close();
      await shutdownTelemetry();
    }
    return 0;
  } catch (error) {
    const hint =
      error instanceof ConfigError
        ? ' Without it, a system that `npm start` runs is looked for, and there is none.'
        : '';
    output.error(`${error instanceof Error ? error.message : String(error)}${hint}`);
    return 1;
  }
}

async function run(args: QueueArgs, orders: Orders, { log }: Output): Promise<void> {
  if (args.command === 'list') return list(orders, log);
  const ids = args.ids === 'all' ? await allIds(orders) : await existing(orders, args.ids);
  if (args.isDryRun) return log(`Would ${args.command} ${count(ids.length)}:\n${ids.join('\n')}`);
  if (args.command === 'purge') return log(`Deleted ${count(await purgeDeadLetters(orders, ids))}.`);
  for (const id of ids) {
    const requeued = await requeueDeadLetter(orders, id);
    const trace = requeued?.traceId ? `, trace ${requeued.traceId}` : '';
    log(requeued ? `${id} waits again${trace}` : `${id} is no dead letter any more`);
  }
}

async function list(orders: Orders, log: Output['log']): Promise<void> {
  let shown = 0;
  for (let after: string | undefined; ;) {
    const page = await listDeadLetters(orders, { limit: 100, ...(after && { after }) });
    for (const {
      orderId,
      failedAt = 'at a time unknown',
      attempts,
      error = '',
      traceIds,
    } of page.deadLetters) {
      log(`${orderId}  ${failedAt}  ${attempts} attempts  trace ${traceIds.at(-1) ?? 'none'}  ${error}`);
      shown++;
    }
    after = page.next;
    if (!after) break;
  }
  if (shown === 0) log('There is no dead letter.');
}

async function allIds(orders: Orders): Promise<string[]> {
  return (await orders.find({ status: 'failed' }, { projection: { _id: 1 } }).toArray()).map(
    ({ _id }) => _id,
  );
}

async function existing(orders: Orders, ids: readonly string[]): Promise<string[]> {
  const found = await orders
    .find({ _id: { $in: [...ids] }, status: 'failed' }, { projection: { _id: 1 } })
    .toArray();
  const known = new Set(found.map(({ _id }) => _id));
  const missing = ids.filter((id) => !known.has(id));
  if (missing.length === 0) return [...ids];
  throw new Error(
    `No dead letter has the id ${missing.join(', ')}. Nothing was changed; \`npm run queue -- list\` shows them.`,
  );
}

const count = (letters: number) => `${letters} dead letter${letters === 1 ? '' : 's'}`;
