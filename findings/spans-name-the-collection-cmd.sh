#!/usr/bin/env bash
# title: MongoDB's spans name the collection `$cmd`
# claim: With MongoDB's Node.js driver 7.9 and OpenTelemetry's instrumentation for MongoDB, the spans of findOneAndUpdate,
#   aggregate, count, and distinct name the collection `$cmd`. This name is in the span name and in the attribute
#   `db.collection.name`. Only the spans of find, getMore, insert, update, and delete have the real name.
# guess: The span names are `findAndModify orders`, `aggregate orders`, and so on, as in an example of OpenTelemetry's
#   conventions for database spans.
# versions: mongodb 7.9.0, @opentelemetry/instrumentation-mongodb 0.77.0, mongod 6.0.5
# seen:
#   commands | undefined
#     insert orders | orders
#     find orders | orders
#     findAndModify $cmd | $cmd
#     aggregate $cmd | $cmd
#     distinct $cmd | $cmd
#     count $cmd | $cmd
# date: 2026-11-29
# page: docs/reference/spans-and-attributes.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced mongodb@7.9.0 @opentelemetry/instrumentation-mongodb@0.77.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { draw, inSpan, instrument } from './tracing.mjs';

instrument(new MongoDBInstrumentation());
const { MongoClient } = await import('mongodb');
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = client.db().collection('orders');
await inSpan('commands', async () => {
  await orders.insertOne({ status: 'pending' });
  await orders.findOne({ status: 'pending' });
  await orders.findOneAndUpdate({ status: 'pending' }, { $set: { status: 'processing' } });
  await orders.aggregate([{ $match: { status: 'processing' } }]).toArray();
  await orders.distinct('status');
  await orders.estimatedDocumentCount();
});
console.log(draw(({ attributes }) => ` | ${attributes['db.collection.name']}`));
await client.close();
JS
cd "$work" && node main.mjs | check
