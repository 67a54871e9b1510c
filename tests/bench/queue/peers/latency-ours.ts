// Our side of the latency comparison, in its own process: a poller that a change stream wakes.
import { until } from '../../../support/until.ts';
import { emptyQueue, waitingOrder } from '../orders.ts';
import { insertEvenly, serve } from './programs/harness.mjs';

const [, , uri = ''] = process.argv;

serve(async (count: number) => {
  const queue = await emptyQueue(uri);
  let started: ((key: string) => void) | undefined;
  const poller = queue.poller({ handle: async ({ _id }) => started?.(_id), wakeUp: uri });
  await until(async () => poller.stream?.isOpen(), Boolean);
  const evenly = insertEvenly(count, (_id) => queue.orders.insertOne(waitingOrder(_id)));
  started = evenly.started;
  const times = await evenly.times;
  await poller.stop();
  await queue.drop();
  return times;
});
