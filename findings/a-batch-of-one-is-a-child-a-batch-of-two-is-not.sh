#!/usr/bin/env bash
# title: In pg-boss, the span of a batch of one is a child, and the span of a batch of two is not
# claim: pg-boss is a job queue on PostgreSQL. With its option `propagateContext`, a worker creates a `process` span for each
#   batch of jobs that it fetches. If the batch has one job, this span is a child of the span that sent the job. If the batch
#   has two jobs, the span is a root that links to both senders. So the same worker, with the same options, creates traces of
#   different shapes.
# guess: A worker with a `batchSize` above 1 always links to the senders, even if a batch has only one job.
# versions: pg-boss 12.38.0, @opentelemetry/sdk-trace 3.1.1, PostgreSQL 15
# seen:
#   request one
#     send quiet
#       process quiet
#   request first
#     send busy
#   request second
#     send busy
#   process busy links to 2
# date: 2026-11-29
# page: docs/explanation/parent-or-link.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced pg-boss@12.38.0
start_postgres
cat >"$work/main.mjs" <<'JS'
import { PgBoss } from 'pg-boss';
import { draw, inSpan } from './tracing.mjs';

const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  openTelemetry: { propagateContext: true },
});
await boss.start();
for (const [queue, requests] of [['quiet', ['one']], ['busy', ['first', 'second']]]) {
  await boss.createQueue(queue);
  for (const name of requests) await inSpan(`request ${name}`, () => boss.send(queue, {}));
  await new Promise((resolve) => {
    void boss.work(queue, { batchSize: 2 }, async () => resolve());
  });
}
await boss.stop();
const lines = draw(({ links }) => (links.length > 0 ? ` links to ${links.length}` : ''));
console.log(lines.split('\n').filter((line) => !/complete/.test(line)).join('\n'));
JS
cd "$work" && node main.mjs | check
