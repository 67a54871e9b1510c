#!/usr/bin/env bash
# title: In agenda, a context beside the job's data is invisible to the handler
# claim: agenda, a job queue on MongoDB, stores the data of a job in the field `data` of a document. If you store a context in
#   another field of that document, the job's handler can't read it, because the handler gets only the fields that agenda
#   knows. The handler can read a context that you store inside `data`.
# guess: The handler gets the whole document.
# versions: agenda 6.2.6, @agendajs/mongo-backend 4.0.3, mongodb 7.9.0, mongod 6.0.5
# seen:
#   the handler gets: undefined beside the data, a context in the data
#   the document has: a context beside the data, a context in the data
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm agenda@6.2.6 @agendajs/mongo-backend@4.0.3 mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

const agenda = new Agenda({ backend: new MongoBackend({ address: process.env.MONGODB_URI }), processEvery: 100 });
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const jobs = client.db().collection('agendaJobs');

const finished = new Promise((resolve) => agenda.on('complete', resolve));
agenda.define('receipt', ({ attrs }) => {
  console.log(`the handler gets: ${attrs.context} beside the data, ${attrs.data.context} in the data`);
});
await agenda.now('receipt', { context: 'a context' });
await jobs.updateOne({ name: 'receipt' }, { $set: { context: 'a context' } });
await agenda.start();
await finished;
const stored = await jobs.findOne({ name: 'receipt' });
console.log(`the document has: ${stored.context} beside the data, ${stored.data.context} in the data`);
process.exit(0);
JS
cd "$work" && node main.mjs | check
