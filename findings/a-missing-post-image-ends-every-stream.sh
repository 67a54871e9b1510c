#!/usr/bin/env bash
# title: In MongoDB, a missing post-image ends every change stream that requires it
# claim: MongoDB can store a post-image of each change: a copy of the document right after the change. Changes from before you
#   enabled post-images have none. If your change stream requires post-images, one change without a post-image ends the stream
#   with an error. If you resume the stream from a position before this change, it ends with the same error again. The error
#   has no label that says whether the stream can resume. So the driver doesn't resume the stream, and your code can't
#   see from the labels that resuming is useless. To get past the change, resume with `fullDocument: 'whenAvailable'` instead of
#   `'required'`. The event of the change then has null as its document.
# guess: The event arrives without its document, or the error has the label `NonResumableChangeStreamError`, which says that
#   the stream can't resume.
# versions: mongodb 7.9.0, mongod 6.0.5
# seen:
#   required: NoMatchingDocument (47), labels none
#   required, resumed: NoMatchingDocument (47), labels none
#   when available: total null
#   when available: total 2
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
const db = client.db();
const orders = await db.createCollection('orders');
await orders.insertOne({ _id: 1, total: 0 });

async function read(what, options) {
  const stream = orders.watch([], { maxAwaitTimeMS: 500, ...options });
  try {
    // Until nothing more comes.
    for (let change; (change = await stream.tryNext()); ) console.log(`${what}: total ${change.fullDocument?.total ?? change.fullDocument}`);
  } catch (error) {
    console.log(`${what}: ${error.codeName} (${error.code}), labels ${error.errorLabels.join() || 'none'}`);
  }
  const { resumeToken } = stream;
  await stream.close();
  return resumeToken;
}

const resumeAfter = await read('at the start', {});
await orders.updateOne({ _id: 1 }, { $set: { total: 1 } });
await db.command({ collMod: 'orders', changeStreamPreAndPostImages: { enabled: true } });
await orders.updateOne({ _id: 1 }, { $set: { total: 2 } });
const reached = await read('required', { resumeAfter, fullDocument: 'required' });
await read('required, resumed', { resumeAfter: reached ?? resumeAfter, fullDocument: 'required' });
await read('when available', { resumeAfter, fullDocument: 'whenAvailable' });
await client.close();
JS
cd "$work" && node main.mjs | check
