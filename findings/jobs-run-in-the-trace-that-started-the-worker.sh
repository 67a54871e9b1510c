#!/usr/bin/env bash
# title: In graphile-worker and agenda, jobs run in the trace that started the worker
# claim: graphile-worker is a job queue on PostgreSQL, and agenda is one on MongoDB. If you start one of their workers while a span is
#   active, every job runs in that span's trace until the process ends. The reason is that the polling loop of the worker
#   inherits the context of the call that started it.
# guess: A job starts with no active span, and its spans are roots.
# versions: graphile-worker 0.18.0, agenda 6.2.6, @agendajs/mongo-backend 4.0.3, PostgreSQL 15, mongod 6.0.5, Node.js 24.21
# seen:
#   start graphile-worker
#     handle
#     handle
#   first request
#   second request
#   start agenda
#     handle
#     handle
#   first request
#   second request
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced graphile-worker@0.18.0 agenda@6.2.6 @agendajs/mongo-backend@4.0.3 mongodb@7.9.0
start_postgres
start_mongod
cat >"$work/graphile.mjs" <<'JS'
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { draw, inSpan } from './tracing.mjs';

const connection = { connectionString: process.env.DATABASE_URL };
const utils = await makeWorkerUtils(connection);
await utils.migrate();
const handled = Promise.withResolvers();
let jobs = 0;
const report = () => inSpan('handle', async () => void (++jobs === 2 && handled.resolve()));
const logger = new Logger(() => () => {});
const worker = await inSpan('start graphile-worker', () => run({ ...connection, logger, taskList: { report } }));
for (const name of ['first', 'second']) await inSpan(`${name} request`, () => utils.addJob('report', {}));
await handled.promise;
await worker.stop();
await utils.release();
console.log(draw());
JS
cat >"$work/agenda.mjs" <<'JS'
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { draw, inSpan } from './tracing.mjs';

const agenda = new Agenda({ backend: new MongoBackend({ address: process.env.MONGODB_URI }), processEvery: 100 });
const handled = Promise.withResolvers();
let jobs = 0;
agenda.define('report', () => inSpan('handle', async () => {}));
agenda.on('complete', () => ++jobs === 2 && handled.resolve());
await inSpan('start agenda', () => agenda.start());
for (const name of ['first', 'second']) await inSpan(`${name} request`, () => agenda.now('report', { name }));
await handled.promise;
console.log(draw());
process.exit(0);
JS
cd "$work" && { node graphile.mjs; node agenda.mjs; } | check
