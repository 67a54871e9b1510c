#!/usr/bin/env bash
# title: In MongoDB's driver, a bulk write turns a time-out into a server error
# claim: In MongoDB's Node.js driver 7.9, if a server stops answering, a write fails because of the time limit `socketTimeoutMS`.
#   The error depends on the method. `updateOne` rejects with a MongoNetworkTimeoutError, which is a MongoNetworkError.
#   `bulkWrite` rejects with a MongoBulkWriteError, which is a MongoServerError, although no server answered. So code that
#   retries after a MongoNetworkError retries a single write, but not a batch. The MongoBulkWriteError has the network error in
#   its field `errorResponse`, and its `cause` is undefined.
# guess: `bulkWrite` rejects with the MongoNetworkTimeoutError, or with an error whose `cause` is the MongoNetworkTimeoutError.
# versions: mongodb 7.9.0, mongod 6.0.5
# seen:
#   updateOne: MongoNetworkTimeoutError, network error true, server error false
#   bulkWrite: MongoBulkWriteError, network error false, server error true, cause undefined, errorResponse MongoNetworkTimeoutError
# date: 2026-11-29
# page: docs/decisions/dependency-away.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { kill } from 'node:process';
import { MongoClient, MongoNetworkError, MongoServerError } from 'mongodb';

const client = await new MongoClient(process.env.MONGODB_URI, { socketTimeoutMS: 500, serverSelectionTimeoutMS: 2000 }).connect();
const orders = client.db().collection('orders');
await orders.insertOne({ _id: 1 });
const filter = { _id: 1 };
const update = { $set: { status: 'fulfilled' } };
const writes = {
  updateOne: () => orders.updateOne(filter, update),
  bulkWrite: () => orders.bulkWrite([{ updateOne: { filter, update } }]),
};
const pid = Number(process.argv[2]);
for (const [name, write] of Object.entries(writes)) {
  await orders.findOne();
  kill(pid, 'SIGSTOP');
  const error = await write().catch((error) => error);
  kill(pid, 'SIGCONT');
  const facts = [
    `network error ${error instanceof MongoNetworkError}`,
    `server error ${error instanceof MongoServerError}`,
    ...(error.errorResponse ? [`cause ${error.cause}`, `errorResponse ${error.errorResponse.constructor.name}`] : []),
  ];
  console.log(`${name}: ${error.constructor.name}, ${facts.join(', ')}`);
  for (let up = false; !up; ) up = await orders.findOne().then(() => true, () => false);
}
await client.close();
JS
cd "$work" && node main.mjs "${processes[0]}" | check
