import { MongoServerError, type ChangeStream, type ResumeToken } from 'mongodb';
import type { BenchQueue } from '../../queue/orders.ts';
import { inSeconds, type Figure } from '../figure.ts';

const EVENTS = 100_000;
const MAX_ROUNDS = 50;
const MAX_AWAIT_MS = 1_000;

/** Measures a change stream that is resumed after all waiting orders have changed. */
export async function resumeAfterMany(queue: BenchQueue): Promise<Figure[]> {
  const resumeAfter = await tokenOfNow(queue);
  await changeAll(queue, 1);
  const stream = queue.orders.watch([], { resumeAfter, maxAwaitTimeMS: MAX_AWAIT_MS });
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  const read = await countUntilQuiet(stream);
  const { user, system } = process.cpuUsage(cpuBefore);
  const tookMs = performance.now() - startedAt - MAX_AWAIT_MS;
  await stream.close();
  return [
    {
      what: `events that a change stream reads when it is resumed after ${EVENTS} events`,
      result: read,
      expected: EVENTS,
    },
    { what: `time to read ${EVENTS} events with the resumed change stream`, result: inSeconds(tookMs) },
    {
      what: `processor time to read ${EVENTS} events with the resumed change stream`,
      result: inSeconds((user + system) / 1_000),
    },
  ];
}

/** Measures after how many events a position is lost from the oplog, and the error of a change stream that is resumed there. */
export async function lostHistory(queue: BenchQueue): Promise<Figure[]> {
  const token = await tokenOfNow(queue);
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    await changeAll(queue, round + 1);
    const error = await resumeError(queue, token);
    if (!error) continue;
    const labels = error.errorLabels.join(', ') || 'none';
    return [
      {
        what: "events after which the reader's position was no longer in an oplog of 64 MB, checked after every 100,000 events",
        result: round * EVENTS,
      },
      {
        what: 'error of a change stream that is resumed at a position that is no longer in the oplog',
        result: `${error.codeName}`,
        expected: 'ChangeStreamHistoryLost',
      },
      { what: `labels of the error ${error.codeName}`, result: labels },
    ];
  }
  throw new Error(`The oplog has not forgotten a position after ${MAX_ROUNDS * EVENTS} events.`);
}

async function tokenOfNow({ orders }: BenchQueue): Promise<ResumeToken> {
  const stream = orders.watch();
  await stream.tryNext();
  const token = stream.resumeToken;
  await stream.close();
  return token;
}

async function changeAll({ orders }: BenchQueue, to: number): Promise<void> {
  const { modifiedCount } = await orders.updateMany({ status: 'pending' }, { $set: { attempts: to } });
  if (modifiedCount !== EVENTS) throw new Error(`Changed ${modifiedCount} orders. Expected ${EVENTS}.`);
}

async function countUntilQuiet(stream: ChangeStream): Promise<number> {
  let count = 0;
  while (await stream.tryNext()) count++;
  return count;
}

async function resumeError(
  { orders }: BenchQueue,
  resumeAfter: ResumeToken,
): Promise<MongoServerError | undefined> {
  const stream = orders.watch([], { resumeAfter, maxAwaitTimeMS: MAX_AWAIT_MS });
  try {
    await stream.tryNext();
    return undefined;
  } catch (error) {
    if (error instanceof MongoServerError) return error;
    throw error;
  } finally {
    await stream.close();
  }
}
