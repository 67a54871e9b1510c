#!/usr/bin/env bash
# title: In pg-boss, an upsert keeps the first sender's baggage
# claim: In pg-boss, a job queue on PostgreSQL, an upsert replaces the data of a waiting job. With the option
#   `propagateContext`, a context is stored with the data, but an upsert does not replace this context. So the worker processes
#   the second sender's data in the first sender's trace, with the first sender's baggage.
# guess: An upsert replaces both the data and the context, so the job belongs to the second request.
# versions: pg-boss 12.38.0, @opentelemetry/sdk-trace 3.1.1, PostgreSQL 15
# seen:
#   request of the first tenant
#     upsert reports
#       process reports
#         handle data of the second tenant, baggage of the first tenant
#         complete reports
#   request of the second tenant
#     upsert reports
# date: 2026-11-29
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced pg-boss@12.38.0
start_postgres
cat >"$work/main.mjs" <<'JS'
import { context, propagation } from '@opentelemetry/api';
import { PgBoss } from 'pg-boss';
import { draw, inSpan } from './tracing.mjs';

const boss = new PgBoss({
  connectionString: process.env.DATABASE_URL,
  openTelemetry: { propagateContext: true },
});
await boss.start();
await boss.createQueue('reports');
for (const tenant of ['first', 'second']) {
  const baggage = propagation.createBaggage({ tenant: { value: tenant } });
  await context.with(propagation.setBaggage(context.active(), baggage), () =>
    inSpan(`request of the ${tenant} tenant`, () =>
      boss.upsert('reports', { tenant }, { singletonKey: 'nightly', startAfter: 1 }),
    ),
  );
}
await new Promise((resolve) => {
  void boss.work('reports', async ([job]) => {
    const baggage = propagation.getActiveBaggage()?.getEntry('tenant')?.value;
    await inSpan(`handle data of the ${job.data.tenant} tenant, baggage of the ${baggage} tenant`, async () => {});
    resolve();
  });
});
await boss.stop();
console.log(draw());
JS
cd "$work" && node main.mjs | check
