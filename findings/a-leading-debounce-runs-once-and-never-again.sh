#!/usr/bin/env bash
# title: In agenda, a job with a `leading` debounce runs once and never again
# claim: agenda, a job queue on MongoDB, can debounce a job: requests for the job within a time window lead to only one run.
#   With `strategy: 'leading'`, the job runs for the first request, and never again, even if a request comes long after the
#   time window. Each later request replaces the data of the finished job, including the context in that data, but does not
#   start the job. In the script, the second request comes long after the time window. With `strategy: 'trailing'`, the job
#   runs for this request, too.
# guess: The job runs at once for the first request, and at once again for the first request after the time window.
# versions: agenda 6.2.6, @agendajs/mongo-backend 4.0.3, mongod 6.0.5
# seen:
#   leading: runs with the data of request 1
#   leading: afterwards the job has the data of request 2, next run null
#   trailing: runs with the data of request 1
#   trailing: runs with the data of request 2
#   trailing: afterwards the job has the data of request 2, next run null
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm agenda@6.2.6 @agendajs/mongo-backend@4.0.3 mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { setTimeout } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

const agenda = new Agenda({ backend: new MongoBackend({ address: process.env.MONGODB_URI }), processEvery: 100 });
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const submit = (strategy, request) =>
  agenda.create(strategy, { key: 1, request }).unique({ 'data.key': 1 }).debounce(200, { strategy }).save();

for (const strategy of ['leading', 'trailing']) {
  agenda.define(strategy, ({ attrs }) => console.log(`${strategy}: runs with the data of request ${attrs.data.request}`));
}
await agenda.start();
for (const strategy of ['leading', 'trailing']) {
  for (const request of [1, 2]) {
    const ran = new Promise((resolve) => agenda.once('complete', resolve));
    await submit(strategy, request);
    // Ten times the window.
    await Promise.race([ran, setTimeout(2000)]);
  }
  const { data, nextRunAt } = await client.db().collection('agendaJobs').findOne({ name: strategy });
  console.log(`${strategy}: afterwards the job has the data of request ${data.request}, next run ${nextRunAt}`);
}
process.exit(0);
JS
cd "$work" && node main.mjs | check
