// Our side of the comparison, in its own process: the poller of the given source tree, with a new queue for each round.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Orders from '../orders.ts';
import { serveRounds } from './programs/harness.mjs';
import { workOff } from '../work-off.ts';

const [, , uri = '', root = ''] = process.argv;
const ofTree = join(root, 'tests/bench/queue/orders.ts');
const { emptyQueue } = (await import(pathToFileURL(ofTree).href)) as typeof Orders;

serveRounds(async (count) => {
  const queue = await emptyQueue(uri);
  await queue.fill(count);
  await carryContexts(queue.orders);
  const ms = await workOff(queue, count);
  await queue.drop();
  return ms;
});

/** Gives each order the context of its own trace, as the writer does. */
async function carryContexts(orders: Orders.BenchQueue['orders']): Promise<void> {
  const ids = await orders.distinct('_id');
  const updates = ids.map((_id) => {
    const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')];
    const context = { traceparent: `00-${traceId}-${spanId}-01` };
    return { updateOne: { filter: { _id }, update: { $set: { context, traceIds: [traceId] } } } };
  });
  await orders.bulkWrite(updates, { ordered: false });
}
