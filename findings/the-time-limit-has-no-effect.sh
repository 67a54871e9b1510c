#!/usr/bin/env bash
# title: In MongoDB's driver, the time limit `timeoutMS` has no effect
# claim: In MongoDB's Node.js driver, from version 7.8 on, the option `timeoutMS` has no effect, whether you set it for the
#   client or for an operation. For example, set `timeoutMS: 200` for a find, and let the server delay its answer for a second.
#   With versions 6.21 and 7.7, the find fails after 200 ms. With versions 7.8 and 7.9, it waits for the answer and succeeds.
#   These two versions log a warning that the option has no effect.
# guess: The operation fails with MongoOperationTimeoutError after 200 ms in all versions.
# versions: mongodb 6.21.0, 7.7.0, 7.8.0 and 7.9.0, mongod 6.0.5
# seen:
#   6.21.0, timeoutMS of the operation: MongoOperationTimeoutError
#   6.21.0, timeoutMS of the client: MongoOperationTimeoutError
#   7.7.0, timeoutMS of the operation: MongoOperationTimeoutError
#   7.7.0, timeoutMS of the client: MongoOperationTimeoutError
#   7.8.0, timeoutMS of the operation: answered
#   7.8.0, timeoutMS of the client: answered
#   7.9.0, timeoutMS of the operation: answered
#   7.9.0, timeoutMS of the client: answered
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm mongodb-6@npm:mongodb@6.21.0 mongodb-7.7@npm:mongodb@7.7.0 mongodb-7.8@npm:mongodb@7.8.0 mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoClient as Operator } from 'mongodb';

const failPoint = { configureFailPoint: 'failCommand', mode: { times: 1 } };
const data = { failCommands: ['find'], blockConnection: true, blockTimeMS: 1000 };
const operator = await new Operator(process.env.MONGODB_URI).connect();

for (const name of ['mongodb-6', 'mongodb-7.7', 'mongodb-7.8', 'mongodb']) {
  const { MongoClient } = await import(name);
  const { version } = (await import(`${name}/package.json`, { with: { type: 'json' } })).default;
  for (const [where, ofClient, ofOperation] of [
    ['operation', {}, { timeoutMS: 200 }],
    ['client', { timeoutMS: 200 }, {}],
  ]) {
    const client = await new MongoClient(process.env.MONGODB_URI, ofClient).connect();
    await operator.db('admin').command({ ...failPoint, data });
    const find = client.db().collection('orders').findOne({}, ofOperation);
    const result = await find.then(() => 'answered', (error) => error.name);
    console.log(`${version}, timeoutMS of the ${where}: ${result}`);
    await client.close();
  }
}
await operator.close();
JS
cd "$work" && node main.mjs | check
