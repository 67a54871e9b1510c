#!/usr/bin/env bash
# title: In PostgreSQL's statistics, a statement keeps its first caller's trace
# claim: PostgreSQL's view pg_stat_statements has one row for all calls of a statement, and shows the text of the first call.
#   OpenTelemetry's instrumentation for the client pg has an option that adds the context to each statement as a comment. The
#   view ignores comments when it compares statements, so the row of a slow statement names the trace of its first caller. That
#   call may have been fast, and its trace may no longer be in your backend. The row keeps this text until you reset the
#   statistics. To see the trace of a call that is running, use the view pg_stat_activity.
# guess: pg_stat_statements has one row for each trace, or shows no comment.
# versions: @opentelemetry/instrumentation-pg 0.77.0, pg 8.23.1, PostgreSQL 15 with pg_stat_statements, @opentelemetry/sdk-trace
#   3.1.1
# seen:
#   pg_stat_statements: 1 row, 3 calls, with the trace of first
#   the slowest call was in the trace of second
#   pg_stat_activity, while third runs: the trace of third
# date: 2026-11-30
# page: docs/explanation/what-could-carry-it.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @opentelemetry/instrumentation-pg@0.77.0 pg@8.23.1
start_postgres -c shared_preload_libraries=pg_stat_statements
cat >"$work/main.mjs" <<'JS'
import { exporter, inSpan, instrument } from './tracing.mjs';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';

instrument(new PgInstrumentation({ addSqlCommenterCommentToQueries: true }));
const { default: pg } = await import('pg');

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const observer = new pg.Client({ connectionString: process.env.DATABASE_URL });
await observer.connect();
await observer.query('CREATE EXTENSION pg_stat_statements');

const traces = new Map();
const request = (name, seconds) =>
  inSpan(name, async (span) => {
    traces.set(span.spanContext().traceId, name);
    await pool.query('SELECT pg_sleep($1)', [seconds]);
  });
const nameOf = (text) => traces.get(/traceparent='00-([0-9a-f]{32})/.exec(text)?.[1]) ?? 'nobody';

await request('first', 0);
await request('second', 1);
const third = request('third', 0.5);
let running;
do
  running = await observer.query(
    "SELECT query FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'SELECT pg_sleep%'",
  );
while (running.rows.length === 0);
await third;

const { rows } = await observer.query("SELECT query, calls FROM pg_stat_statements WHERE query LIKE 'SELECT pg_sleep%'");
const calls = rows.map((row) => `${row.calls} calls, with the trace of ${nameOf(row.query)}`);
console.log(`pg_stat_statements: ${rows.length} row, ${calls.join('; ')}`);
const durationOf = ({ duration: [seconds, nanoseconds] }) => seconds + nanoseconds / 1e9;
const slowest = exporter
  .getFinishedSpans()
  .filter((span) => traces.get(span.spanContext().traceId) === span.name)
  .toSorted((a, b) => durationOf(b) - durationOf(a))[0];
console.log(`the slowest call was in the trace of ${slowest.name}`);
console.log(`pg_stat_activity, while third runs: the trace of ${nameOf(running.rows[0].query)}`);
await observer.end();
await pool.end();
JS
cd "$work" && node main.mjs | check
