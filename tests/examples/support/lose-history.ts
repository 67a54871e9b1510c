import { until } from '../../support/until.ts';
import type { MongoClient, Timestamp } from 'mongodb';

/** The server deletes a tenth of the oplog at a time. A batch is larger than that. */
const FILLING = 'x'.repeat(1_000_000);
const BATCH = 20;

/**
 * Writes until the server has deleted all current entries of the oplog. Needs an oplog of about 64 MB, and a server with a checkpoint
 * every second, because the server keeps all entries since the last checkpoint.
 */
export async function loseHistory(client: MongoClient): Promise<void> {
  const { operationTime } = (await client.db().command({ hello: 1 })) as { operationTime: Timestamp };
  const oplog = client.db('local').collection<{ ts: Timestamp }>('oplog.rs');
  const filler = client.db('filler').collection('filler');
  await until(
    async () => {
      await filler.insertMany(Array.from({ length: BATCH }, () => ({ filling: FILLING })));
      return (await oplog.find().sort({ $natural: 1 }).limit(1).next())?.ts;
    },
    (oldest) => oldest?.greaterThan(operationTime),
    { what: 'the history lost', deadlineMs: 30_000 },
  );
  await filler.drop();
}
