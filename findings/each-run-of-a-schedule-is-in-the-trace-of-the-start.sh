#!/usr/bin/env bash
# title: In pg-boss, each run of a schedule is in the trace of the call to `start()`
# claim: pg-boss is a job queue on PostgreSQL. With its option `propagateContext`, every run of a schedule is in the trace of
#   the span that was active when the process called `start()`, even months later. The same trace also gets spans each time
#   pg-boss checks which schedules are due. No run is in the trace of the request that created the schedule.
# guess: Each run has a separate trace, because a comment in pg-boss's code says that a worker ignores the context in which it
#   was started.
# versions: pg-boss 12.38.0, @opentelemetry/sdk-trace 3.1.1, PostgreSQL 15
# seen:
#   the run and what it is under: process nightly, send nightly, process __pgboss__send-it, insert __pgboss__send-it, start
#   under the request that makes the schedule: 0 spans
# date: 2026-11-29
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced pg-boss@12.38.0
start_postgres
cat >"$work/main.mjs" <<'JS'
import { PgBoss } from 'pg-boss';
import { exporter, inSpan } from './tracing.mjs';

const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  openTelemetry: { propagateContext: true },
  cronMonitorIntervalSeconds: 1,
  cronWorkerIntervalSeconds: 1,
});
await inSpan('start', () => boss.start());
await boss.createQueue('nightly');
const firstRun = new Promise((resolve) => {
  void boss.work('nightly', { pollingIntervalSeconds: 1 }, async () => resolve());
});
await inSpan('request', () => boss.schedule('nightly', '* * * * *'));
await firstRun;
await boss.stop();

const spans = exporter.getFinishedSpans();
const parentOf = ({ parentSpanContext }) => spans.find((span) => span.spanContext().spanId === parentSpanContext?.spanId);
const path = [];
for (let span = spans.find(({ name }) => name === 'process nightly'); span; span = parentOf(span)) path.push(span.name);
console.log(`the run and what it is under: ${path.join(', ')}`);
const below = spans.filter((span) => parentOf(span)?.name === 'request');
console.log(`under the request that makes the schedule: ${below.length} spans`);
JS
cd "$work" && node main.mjs | check
