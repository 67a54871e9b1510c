#!/usr/bin/env bash
# title: In MongoDB, a second write under one span leaves no context in its change event
# claim: In MongoDB, the change event of an update names only the fields whose values changed (`updatedFields`). If two updates
#   in one span store the context of this span, the second update doesn't change the context, so its event has none. With
#   `fullDocument: 'updateLookup'`, the event also contains the whole document, as it is when you read the event. The document
#   may then already have the context of a later write, so a consumer would join the wrong trace. Use a post-image instead: it
#   contains the document right after the change, so it has the right context. In the output, A and B are two spans.
# guess: `updatedFields` contains every field that the update sets.
# versions: mongodb 7.9.0, mongod 6.0.5
# seen:
#   first update of A: updatedFields says A, the looked-up document says B, the post-image says A
#   second update of A: updatedFields says nothing, the looked-up document says B, the post-image says A
#   update of B: updatedFields says B, the looked-up document says B, the post-image says B
# date: 2026-11-29
# page: docs/reference/propagation-api.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoClient } from 'mongodb';

const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = await client.db().createCollection('orders', { changeStreamPreAndPostImages: { enabled: true } });
await orders.insertOne({ _id: 1 });
const streams = ['updateLookup', 'required'].map((fullDocument) => orders.watch([], { fullDocument }));
for (const stream of streams) await stream.tryNext();
const write = (total, writer) => orders.updateOne({ _id: 1 }, { $set: { total, context: { traceparent: writer } } });
await write(1, 'A');
await write(2, 'A');
await write(3, 'B');
for (const name of ['first update of A', 'second update of A', 'update of B']) {
  const [lookedUp, imaged] = await Promise.all(streams.map((stream) => stream.next()));
  const said = lookedUp.updateDescription.updatedFields.context?.traceparent ?? 'nothing';
  const of = ({ fullDocument }) => fullDocument.context.traceparent;
  console.log(`${name}: updatedFields says ${said}, the looked-up document says ${of(lookedUp)}, the post-image says ${of(imaged)}`);
}
for (const stream of streams) await stream.close();
await client.close();
JS
cd "$work" && node main.mjs | check
