#!/usr/bin/env bash
# title: In agenda, a context in the job's data undoes `unique`
# claim: In agenda, a job queue on MongoDB, `unique` prevents a second job that has the same values in the fields that you
#   name. If you name all fields of the data, and the data contains a context, each request creates a separate job, because
#   each request has a different context. You have to store the context in the data, because a handler can't read it anywhere
#   else. To avoid the duplicates, name only the fields that identify the work. Requests for the same work then share one job,
#   which has the context of the last request.
# guess: A context in the data does not affect whether two jobs are the same, and the job keeps the context of its first
#   request.
# versions: agenda 6.2.6, @agendajs/mongo-backend 4.0.3, mongod 6.0.5
# seen:
#   without a context, two requests: jobs 1, traces none
#   with it, unique by all of the data, two requests: jobs 2, traces 1 and 2
#   with it, unique by the order, two requests: jobs 1, traces 2
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

const agenda = new Agenda({ backend: new MongoBackend({ address: process.env.MONGODB_URI }) });
await agenda.ready;
const jobs = (await new MongoClient(process.env.MONGODB_URI).connect()).db().collection('agendaJobs');
const traceparentOf = (digit) => `00-${digit.repeat(32)}-${digit.repeat(16)}-01`;

async function request(name, data, unique) {
  agenda.define(name, async () => {});
  await agenda.create(name, data).unique(unique).save();
}
for (const digit of ['1', '2']) {
  const order = { order: 7 };
  const carried = { ...order, context: { traceparent: traceparentOf(digit) } };
  const asData = (data) => Object.fromEntries(Object.entries(data).map(([field, value]) => [`data.${field}`, value]));
  await request('without a context', order, asData(order));
  await request('with it, unique by all of the data', carried, asData(carried));
  await request('with it, unique by the order', carried, asData(order));
}
for (const name of ['without a context', 'with it, unique by all of the data', 'with it, unique by the order']) {
  const found = await jobs.find({ name }).toArray();
  const traces = found.map(({ data }) => data.context?.traceparent.slice(3, 4) ?? 'none');
  console.log(`${name}, two requests: jobs ${found.length}, traces ${traces.join(' and ')}`);
}
process.exit(0);
JS
cd "$work" && timeout 30 node main.mjs | check
