#!/usr/bin/env bash
# title: A MongoDB change stream runs in its opener's trace
# claim: If a request opens a change stream with MongoDB's Node.js driver, the stream runs in that request's trace until the
#   stream is closed. Your code handles each `change` event in that trace, even if another request wrote the document. Each
#   time the stream asks the server for the next event, a getMore span is added to the trace.
# guess: The driver calls a listener with no active span, so each event starts a new trace.
# versions: mongodb 7.9.0, @opentelemetry/instrumentation-mongodb 0.77.0, @opentelemetry/sdk-trace 3.1.1, mongod 6.0.5, Node.js 24.21
# seen:
#   request that opens the stream
#     aggregate $cmd
#     getMore orders
#     handle
#     getMore orders
#     handle
#   first request that writes
#     insert orders
#   second request that writes
#     insert orders
# date: 2026-11-29
# page: docs/decisions/change-stream-is-a-hint.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced mongodb@7.9.0 @opentelemetry/instrumentation-mongodb@0.77.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { draw, inSpan, instrument } from './tracing.mjs';

instrument(new MongoDBInstrumentation());
const { MongoClient } = await import('mongodb');
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = client.db().collection('orders');
await orders.insertOne({ number: 0 });

const stream = orders.watch();
await inSpan('request that opens the stream', async () => {
  stream.on('change', () => inSpan('handle', async () => stream.emit('handled')));
  await once(stream, 'resumeTokenChanged');
});
for (const name of ['first', 'second']) {
  const handled = once(stream, 'handled');
  await inSpan(`${name} request that writes`, () => orders.insertOne({ name }));
  await handled;
}
console.log(draw());
await stream.close();
await client.close();
JS
cd "$work" && node main.mjs | check
