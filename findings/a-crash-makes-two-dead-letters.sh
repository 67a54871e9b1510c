#!/usr/bin/env bash
# title: In mongodb-queue, a crash makes two dead letters of one message
# claim: mongodb-queue, a message queue on MongoDB, moves a message that failed too often to another collection, the dead
#   queue. The move takes two writes. The first write adds the message to the dead queue, and the second write marks the
#   message as done in its own queue. If the process dies between these two writes, the next process adds the message to the
#   dead queue again. The dead queue then contains the message twice, with the same context in both copies.
# guess: The dead queue contains the message once, even after a crash.
# versions: mongodb-queue 4.0.0, mongodb 3.7.4, mongod 6.0.5
# seen:
#   sent and taken: in the queue 1, in the dead queue 0
#   killed after the dead letter was written
#   the next process: in the queue 0, in the dead queue 2
# date: 2026-11-29
# page: docs/decisions/orders-as-queue.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb-queue@4.0.0 mongodb@7.9.0 mongodb-3@npm:mongodb@3.7.4
start_mongod
cat >"$work/main.mjs" <<'JS'
import mongodb from 'mongodb-3';
import createQueue from 'mongodb-queue';

const diesAfterDeadLetter = process.argv[2] === 'dies';
const client = new mongodb.MongoClient(process.env.MONGODB_URI, { monitorCommands: true, useUnifiedTopology: true });
await client.connect();
client.on('commandSucceeded', ({ commandName }) => {
  if (diesAfterDeadLetter && commandName === 'insert') process.kill(process.pid, 'SIGKILL');
});
const deadQueue = createQueue(client.db(), 'dead');
const queue = createQueue(client.db(), 'orders', { deadQueue, maxRetries: 1, visibility: 1 });
const call = (method, ...args) =>
  new Promise((resolve, reject) => queue[method](...args, (error, result) => (error ? reject(error) : resolve(result))));
if (process.argv[2] === 'sends') {
  await call('add', { order: 1 });
  await call('get');
} else {
  // The message is back a second after it was taken.
  const orders = client.db().collection('orders');
  while ((await orders.countDocuments({ deleted: null, visible: { $lte: new Date().toISOString() } })) === 0);
  await call('get');
}
const count = (name) => client.db().collection(name).countDocuments({ deleted: null });
console.log(`in the queue ${await count('orders')}, in the dead queue ${await count('dead')}`);
await client.close();
JS
cd "$work"
{
  echo "sent and taken: $(node --no-deprecation main.mjs sends)"
  node --no-deprecation main.mjs dies >/dev/null 2>&1 || echo 'killed after the dead letter was written'
  echo "the next process: $(node --no-deprecation main.mjs works)"
} | check
