#!/usr/bin/env bash
# title: In agenda, an interval in milliseconds is read in seconds
# claim: In agenda, a job queue on MongoDB, `every('100 milliseconds')` runs the job at once, and then every 100 seconds. The
#   reason is that agenda doesn't know the word `milliseconds`, and reads only its end, `seconds`. agenda can't read
#   `every('100 ms')` at all: the call resolves, but the job never runs, and no error is thrown or stored. A number without a
#   unit, as in `every(100)`, is in milliseconds.
# guess: The job runs every 100 milliseconds, and `every` rejects an interval that it can't read.
# versions: agenda 6.2.6 with human-interval 2.0.1, @agendajs/mongo-backend 4.0.3, mongod 6.0.5
# seen:
#   every("100 milliseconds") resolves: has run, again 100000 ms later, error null
#   every(100) resolves: has run, again 100 ms later, error null
#   every("100 ms") resolves: has not run, next run null, error null
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm agenda@6.2.6 human-interval@2.0.1 @agendajs/mongo-backend@4.0.3 mongodb@7.9.0
start_mongod
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { MongoClient } from 'mongodb';

const agenda = new Agenda({ backend: new MongoBackend({ address: process.env.MONGODB_URI }), processEvery: 100 });
const jobs = (await new MongoClient(process.env.MONGODB_URI).connect()).db().collection('agendaJobs');
await agenda.start();
for (const interval of ['100 milliseconds', 100, '100 ms']) {
  const name = JSON.stringify(interval);
  agenda.define(name, async () => {});
  const ran = once(agenda, `complete:${name}`);
  await agenda.every(interval, name);
  // Twenty times as long as agenda takes to look for work.
  await Promise.race([ran, setTimeout(2000)]);
  const { lastRunAt, nextRunAt, failReason } = await jobs.findOne({ name });
  const next = nextRunAt ? `again ${nextRunAt - lastRunAt} ms later` : `next run ${nextRunAt}`;
  console.log(`every(${name}) resolves: ${lastRunAt ? 'has run' : 'has not run'}, ${next}, error ${failReason}`);
}
process.exit(0);
JS
cd "$work" && timeout 15 node main.mjs | check
