#!/usr/bin/env bash
# title: In MongoDB's spans, a message that was rolled back looks like a sent one
# claim: If a write in a transaction conflicts with another write, `withTransaction` of MongoDB's Node.js driver runs your
#   callback again. If the callback sends a message by inserting it, the trace shows two sends, each with an insert that
#   succeeded. But only the document of the second send exists, and no span of the first send says that its document was rolled
#   back. Only two spans have an error status. The first is the write that conflicted. The second is `abortTransaction`, which
#   fails because the server has already aborted the transaction.
# guess: The spans of a transaction that was rolled back have an error status, or the driver repeats only the write that
#   conflicted.
# versions: mongodb 7.9.0, @opentelemetry/instrumentation-mongodb 0.77.0, @opentelemetry/sdk-trace 3.1.1, mongod 6.0.5
# seen:
#   POST /orders
#     send order
#       insert orders
#     update stock (error)
#     abortTransaction $cmd (error)
#     send order
#       insert orders
#     update stock
#     commitTransaction $cmd
#   orders: 1, with the context of send 2
# date: 2026-11-30
# page: docs/explanation/at-least-once-and-traces.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced mongodb@7.9.0 @opentelemetry/instrumentation-mongodb@0.77.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { context, propagation, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { draw, inSpan, instrument } from './tracing.mjs';

instrument(new MongoDBInstrumentation());
const { MongoClient } = await import('mongodb');
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const untraced = (work) => context.with(suppressTracing(context.active()), work);
const [orders, stock] = ['orders', 'stock'].map((name) => client.db().collection(name));
await untraced(() => client.db().createCollection('orders'));
await untraced(() => stock.insertOne({ _id: 'lamp', left: 10 }));

const takeOne = [{ _id: 'lamp' }, { $inc: { left: -1 } }];
const sends = [];
async function placeOrder(session) {
  const send = async (span) => {
    const carrier = {};
    propagation.inject(context.active(), carrier);
    sends.push(span.spanContext().spanId);
    await orders.insertOne({ context: carrier }, { session });
  };
  await inSpan('send order', send, { kind: SpanKind.PRODUCER });
  // Another order takes a lamp at the same time.
  if (sends.length === 1) await untraced(() => stock.updateOne(...takeOne));
  await stock.updateOne(...takeOne, { session });
}
await inSpan('POST /orders', () =>
  client.withSession((session) => session.withTransaction(() => placeOrder(session))),
);

const stored = await untraced(() => orders.find().toArray());
await client.close();
console.log(draw(({ status }) => (status.code === SpanStatusCode.ERROR ? ' (error)' : '')));
const sender = sends.findIndex((id) => stored[0].context.traceparent.includes(id)) + 1;
console.log(`orders: ${stored.length}, with the context of send ${sender}`);
JS
cd "$work" && node main.mjs | check
