import { ORDERS_COLLECTION, type DeadLetter, type OrderDocument } from '@beyond-headers/contracts';
import { mongoConfig, readConfig } from '@beyond-headers/service-kit';
import { isMongoUnavailable, openMongo } from '@beyond-headers/service-kit/mongo';
import { withoutSecrets } from '@beyond-headers/service-kit/mongodb-uri';
import { shutdownTelemetry } from '@beyond-headers/telemetry';
import { MongoError, MongoServerError, type Collection } from 'mongodb';
import { z } from 'zod';
import {
  deadLetterIds,
  listDeadLetters,
  purgeDeadLetters,
  requeueDeadLetter,
} from '../queue/dead-letters.ts';
import { parseQueueArgs, USAGE, type QueueArgs } from './queue-args.ts';

/** https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml */
const UNAUTHORIZED = 13;

/** Long, because a person would rather wait on a busy machine than retype the command. */
const DATABASE_WAIT_MS = 10_000;

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
    await runAt(config, args, output).catch((error: unknown) => {
      throw explain(error, args.command, config.MONGODB_URI);
    });
    return 0;
  } catch (error) {
    output.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function runAt(
  { MONGODB_URI, MONGODB_DATABASE }: { MONGODB_URI: string; MONGODB_DATABASE: string },
  args: QueueArgs,
  output: Output,
): Promise<void> {
  const mongo = openMongo(MONGODB_URI, MONGODB_DATABASE, 'queue', DATABASE_WAIT_MS);
  try {
    await run(args, mongo.db.collection<OrderDocument>(ORDERS_COLLECTION), output);
  } finally {
    await mongo.close();
    await shutdownTelemetry();
  }
}

/** The driver's errors name neither the variable nor what to do. That of a missing right holds the whole command, with its signature. */
function explain(error: unknown, command: QueueArgs['command'], uri: string): unknown {
  if (error instanceof MongoServerError && error.code === UNAUTHORIZED) {
    const advice = 'Set MONGODB_URI to the URI of a user who may, and run the command again.';
    return new Error(`The user of MONGODB_URI may not ${command} dead letters. ${advice}`);
  }
  if (!(error instanceof MongoError) && !isMongoUnavailable(error)) return error;
  const reason = (error as Error).message.replace(/\.$/, '');
  const where = `the MongoDB of MONGODB_URI, ${withoutSecrets(uri)}`;
  return new Error(`Failed to use ${where}: ${reason}. Start it, or correct MONGODB_URI.`);
}

async function run(
  { command, ids: asked, isDryRun }: QueueArgs,
  orders: Orders,
  { log }: Output,
): Promise<void> {
  if (command === 'list') return list(orders, log);
  const ids = await existing(orders, asked);
  if (isDryRun) return log(`Would ${command} ${count(ids.length)}:\n${ids.join('\n')}`);
  if (command === 'purge') return log(`Deleted ${count(await purgeDeadLetters(orders, ids))}.`);
  for (const id of ids) {
    const requeued = await requeueDeadLetter(orders, id);
    const trace = requeued?.traceId ? `, trace ${requeued.traceId}` : '';
    log(requeued ? `${id} waits again${trace}` : `${id} is no longer a dead letter`);
  }
}

async function list(orders: Orders, log: Output['log']): Promise<void> {
  let page = await listDeadLetters(orders, { limit: 100 });
  if (page.deadLetters.length === 0) log('There is no dead letter.');
  for (;;) {
    for (const letter of page.deadLetters) log(toLine(letter));
    if (!page.next) return;
    page = await listDeadLetters(orders, { limit: 100, after: page.next });
  }
}

const toLine = ({ orderId, failedAt, attempts, traceIds, error }: DeadLetter): string =>
  onOneLine(
    `${orderId}  ${failedAt ?? 'at a time unknown'}  ${attempts} attempts  trace ${traceIds.at(-1) ?? 'none'}  ${error ?? ''}`,
  );

/** An error may contain text from a caller, with line breaks and terminal escape sequences. */
const onOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '·');

async function existing(orders: Orders, ids: QueueArgs['ids']): Promise<string[]> {
  const known = await deadLetterIds(orders, ids);
  if (ids === 'all') return known;
  const missing = ids.filter((id) => !known.includes(id));
  if (missing.length === 0) return ids;
  throw new Error(
    `No dead letter has the id ${missing.join(', ')}. Nothing was changed; \`npm run queue -- list\` shows them.`,
  );
}

const count = (letters: number) => `${letters} dead letter${letters === 1 ? '' : 's'}`;
