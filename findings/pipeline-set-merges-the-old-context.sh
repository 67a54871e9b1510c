#!/usr/bin/env bash
# title: In a MongoDB update with a pipeline, `$set` merges the new context into the old context
# claim: In a MongoDB update with a pipeline (an array of stages), `$set` merges an object into the stored object instead of
#   replacing it. If you write a new context without `tracestate` over an old context, the tracestate of the old trace stays.
#   To replace the object, use `$set` in an update without a pipeline, or wrap the object in `$literal`.
# guess: `$set` replaces the object in both kinds of updates.
# versions: mongodb 7.9.0, mongod 6.0.5
# seen:
#   plain $set: {"traceparent":"of the second trace"}
#   pipeline: {"traceparent":"of the second trace","tracestate":"vendor=first"}
#   pipeline with $literal: {"traceparent":"of the second trace"}
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = client.db().collection('orders');
const context = { traceparent: 'of the second trace' };
const updates = {
  'plain $set': { $set: { context } },
  pipeline: [{ $set: { context } }],
  'pipeline with $literal': [{ $set: { context: { $literal: context } } }],
};
for (const [name, update] of Object.entries(updates)) {
  const before = { context: { traceparent: 'of the first trace', tracestate: 'vendor=first' } };
  const { insertedId: _id } = await orders.insertOne(before);
  await orders.updateOne({ _id }, update);
  const after = await orders.findOne({ _id });
  console.log(`${name}: ${JSON.stringify(after.context)}`);
}
await client.close();
JS
cd "$work" && node main.mjs | check
