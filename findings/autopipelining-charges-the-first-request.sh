#!/usr/bin/env bash
# title: In ioredis, autopipelining charges the first request for the commands of all requests
# claim: With the option `enableAutoPipelining`, the Redis client ioredis collects the commands that all requests send in one
#   turn of the event loop. It then sends these commands together, in the context of the first request. OpenTelemetry's
#   instrumentation creates the commands' spans at that moment, so all these spans are in the first request's trace. The traces
#   of the other requests look as if these requests never called Redis. Each request still gets its own results.
# guess: The span of each command is in the trace of the request that sent the command.
# versions: ioredis 5.11.1, @opentelemetry/instrumentation-ioredis 0.72.0, @opentelemetry/sdk-trace 3.1.1, Redis 7
# seen:
#   plain:
#   A
#     set a
#   B
#     set b
#   C
#     set c
#   with autopipelining:
#   A
#     set a
#     set b
#     set c
#   B
#   C
#   results: a in A, b in B, c in C
# date: 2026-11-30
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @opentelemetry/instrumentation-ioredis@0.72.0 ioredis@5.11.1
start_redis
cat >"$work/main.mjs" <<'JS'
import { context, trace } from '@opentelemetry/api';
import { createRequire } from 'node:module';
import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis';
import { draw, exporter, inSpan, instrument } from './tracing.mjs';

instrument(new IORedisInstrumentation({ dbStatementSerializer: (command, [key]) => `${command} ${key}` }));
const { Redis } = createRequire(import.meta.url)('ioredis');

async function requests(enableAutoPipelining) {
  exporter.reset();
  const redis = new Redis({ port: Number(process.env.REDIS_PORT), enableAutoPipelining });
  await redis.ping();
  const results = ['A', 'B', 'C'].map((name) =>
    inSpan(name, async (span) => {
      const key = name.toLowerCase();
      await redis.set(key, 1);
      return `${key} in ${trace.getSpan(context.active()) === span ? name : 'another'}`;
    }),
  );
  const finished = await Promise.all(results);
  redis.disconnect();
  return finished.join(', ');
}
const statement = ({ name, attributes }) => (attributes['db.query.text'] ?? name).slice(name.length);

await requests(false);
console.log(`plain:\n${draw(statement)}`);
const results = await requests(true);
console.log(`with autopipelining:\n${draw(statement)}`);
console.log(`results: ${results}`);
JS
cd "$work" && node main.mjs | check
