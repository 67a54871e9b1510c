import { until } from '../../support/until.ts';
import type { MongoClient, Timestamp } from 'mongodb';

/** Larger than the tenth of the oplog that the server deletes at a time. */
const FILLING = 'x'.repeat(1_000_000);
const BATCH = 20;

/**
 * Writes until the oplog has deleted everything up to now. It needs an oplog of some 64 MB, and a server that makes a
 * checkpoint each second: what is newer than the last one is kept whatever the size.
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
