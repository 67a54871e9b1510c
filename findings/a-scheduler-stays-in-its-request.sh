#!/usr/bin/env bash
# title: In BullMQ, a job scheduler stays in the trace of its request
# claim: A job scheduler of BullMQ, a job queue on Redis, repeats a job, for example every night. With the package bullmq-otel,
#   every run is in the trace of the request that created the scheduler, even years later. BullMQ also creates a span when it
#   adds the next run, but that span is a root without children.
# guess: Each run is a child of the span that added it, so every run has a separate trace.
# versions: bullmq 6.7.0, bullmq-otel 2.0.1, ioredis 6.0.0, @opentelemetry/sdk-trace 3.1.1, Redis 7.0
# seen:
#   runs in the request's trace: 3 of 3
#   roots that add the next run: one for each, with 0 children
# date: 2026-11-29
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced bullmq@6.7.0 bullmq-otel@2.0.1 ioredis@6.0.0
start_redis
cat >"$work/main.mjs" <<'JS'
import { Queue, Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { exporter, inSpan } from './tracing.mjs';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
const options = { connection, telemetry: new BullMQOtel({}), skipStalledCheck: true };
const worker = new Worker('reports', async () => {}, options);
const queue = new Queue('reports', options);
await worker.waitUntilReady();
exporter.reset();

const threeRuns = new Promise((resolve) => {
  let runs = 0;
  worker.on('completed', () => ++runs === 3 && resolve());
});
const trace = await inSpan('request', async (span) => {
  await queue.upsertJobScheduler('nightly', { every: 200 }, { name: 'report' });
  return span.spanContext().traceId;
});
await threeRuns;
await queue.removeJobScheduler('nightly');
await Promise.all([worker.close(), queue.close()]);

const spans = exporter.getFinishedSpans();
const runs = spans.filter(({ name }) => name === 'process reports').slice(0, 3);
const adds = spans.filter(({ name, parentSpanContext }) => name.startsWith('add ') && !parentSpanContext);
const children = adds.flatMap((add) =>
  spans.filter(({ parentSpanContext }) => parentSpanContext?.spanId === add.spanContext().spanId),
);
console.log(`runs in the request's trace: ${runs.filter((run) => run.spanContext().traceId === trace).length} of 3`);
console.log(`roots that add the next run: ${adds.length >= 2 ? 'one for each' : adds.length}, with ${children.length} children`);
JS
cd "$work" && node main.mjs | check
