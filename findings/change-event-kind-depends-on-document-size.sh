#!/usr/bin/env bash
# title: In MongoDB, the change event kind (`update` or `replace`) depends on the document size
# claim: In MongoDB, an update with an aggregation pipeline leads to a change event whose kind depends on the size of the
#   document. The event is a `replace` event if the document is small, and an `update` event if it is large (about 1 kB in the
#   script). A change stream that filters on `operationType: 'update'`, or that reads `updateDescription`, misses the updates
#   of small documents.
# guess: Every update of a field leads to an `update` event with `updatedFields`, with a pipeline or without.
# versions: mongodb 7.9.0, mongod 6.0.5
# seen:
#   plain $set, small: update {"status":"processing"}
#   plain $set, large: update {"status":"processing"}
#   pipeline, small: replace undefined
#   pipeline, large: update {"status":"fulfilled"}
# date: 2026-11-29
# page: docs/decisions/change-stream-is-a-hint.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = client.db().collection('orders');
await orders.insertMany([
  { _id: 'small', status: 'pending' },
  { _id: 'large', status: 'pending', note: 'x'.repeat(1000) },
]);
const updates = {
  'plain $set': { $set: { status: 'processing' } },
  pipeline: [{ $set: { status: 'fulfilled' } }],
};
for (const [name, update] of Object.entries(updates)) {
  for (const _id of ['small', 'large']) {
    const stream = orders.watch();
    const next = stream.next();
    await stream.tryNext().catch(() => {});
    await orders.updateOne({ _id }, update);
    const { operationType, updateDescription } = await next;
    console.log(`${name}, ${_id}: ${operationType} ${JSON.stringify(updateDescription?.updatedFields)}`);
    await stream.close();
  }
}
await client.close();
JS
cd "$work" && node main.mjs | check
