#!/usr/bin/env bash
# title: In agenda, a stopped worker holds its process open
# claim: While agenda, a job queue on MongoDB, works on a job, it locks the job. After `await agenda.stop()`, agenda works on no
#   more jobs, but a timer keeps the process alive for half the lifetime of such a lock. By default, the lifetime is ten minutes,
#   so the process lives for five more minutes. By default, Kubernetes gives a pod only 30 seconds to end, and then
#   kills it.
# guess: The process ends when `stop()` has resolved and you have closed the MongoDB client.
# versions: agenda 6.2.6, @agendajs/mongo-backend 4.0.3, mongod 6.0.5
# seen:
#   a lock of 4 s: the process ends 2 s after stop()
#   a lock of 12 s: the process ends 6 s after stop()
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

const lockLifetime = Number(process.argv[2]) * 1000;
const backend = new MongoBackend({ address: process.env.MONGODB_URI });
const agenda = new Agenda({ backend, processEvery: 100, defaultLockLifetime: lockLifetime });
const finished = new Promise((resolve) => agenda.on('complete', resolve));
agenda.define('receipt', () => {});
await agenda.start();
await agenda.now('receipt', {});
await finished;
await agenda.stop();
const stopped = performance.now();
process.on('exit', () => {
  const seconds = Math.round((performance.now() - stopped) / 1000);
  console.log(`a lock of ${process.argv[2]} s: the process ends ${seconds} s after stop()`);
});
JS
cd "$work" && for seconds in 4 12; do node main.mjs $seconds; done | check
