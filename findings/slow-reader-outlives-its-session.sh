#!/usr/bin/env bash
# title: In MongoDB's driver 7, a slow reader outlives its session, and can't read on
# claim: MongoDB's Node.js driver 7 requests as many documents in a batch as fit into 16 MB. Driver 6 requests only 1,000
#   documents. While your loop processes a batch, the driver sends nothing to the server. If the batch is so large that the
#   loop takes too long, the session times out on the server, and the request for the next batch (getMore) fails. The time-out
#   is 30 minutes by default, and one minute in this script.
# guess: A major version does not change the batch size, and a session lives as long as the loop that uses its cursor.
# versions: mongodb 6.21.0 and 7.9.0, mongod 6.0.5
# seen:
#   6.21.0: all documents read, batches asked for after the first: 5
#   7.9.0: CursorNotFound before the end, batches asked for after the first: 2
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb-6@npm:mongodb@6.21.0 mongodb@7.9.0
start_mongod --setParameter localLogicalSessionTimeoutMinutes=1 \
  --setParameter logicalSessionRefreshMillis=5000 --setParameter ttlMonitorSleepSecs=5
cat >"$work/main.mjs" <<'JS'
import { setTimeout } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { MongoClient as MongoClient6 } from 'mongodb-6';

const writer = await new MongoClient(process.env.MONGODB_URI).connect();
const notes = Array.from({ length: 5_000 }, () => ({ note: 'x'.repeat(4_000) }));
await writer.db().collection('orders').insertMany(notes);
await writer.close();

async function readSlowly(client) {
  await client.connect();
  let batches = 0;
  client.on('commandStarted', ({ commandName }) => (batches += Number(commandName === 'getMore')));
  let read = 0;
  const read40ASecond = async () => {
    for await (const _order of client.db().collection('orders').find()) if (++read % 40 === 0) await setTimeout(1000);
    return `all documents read`;
  };
  const result = await read40ASecond().catch(({ codeName }) => `${codeName} before the end`);
  await client.close();
  return `${result}, batches asked for after the first: ${batches}`;
}
const options = { monitorCommands: true };
const [six, seven] = await Promise.all([
  readSlowly(new MongoClient6(process.env.MONGODB_URI, options)),
  readSlowly(new MongoClient(process.env.MONGODB_URI, options)),
]);
console.log(`6.21.0: ${six}\n7.9.0: ${seven}`);
JS
cd "$work" && node main.mjs | check
