#!/usr/bin/env bash
# title: In BullMQ, the status of a failed attempt stays `UNSET`
# claim: BullMQ is a job queue on Redis. With the package bullmq-otel, it creates a `process` span for each attempt at a job.
#   If an attempt fails, its span gets an event "job failed", but the status of the span stays `UNSET`, even at the last
#   attempt. So a search for errors does not find the span, and a sampler that keeps traces with errors does not keep its
#   trace.
# guess: The `process` span of each attempt that fails has the status `ERROR`.
# versions: bullmq 6.7.0, bullmq-otel 2.0.1, ioredis 6.0.0, @opentelemetry/sdk-trace 3.1.1, Redis 7.0
# seen:
#   request | UNSET | 
#       process orders | UNSET | job failed
#       process orders | UNSET | job failed
# date: 2026-11-29
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced bullmq@6.7.0 bullmq-otel@2.0.1 ioredis@6.0.0
start_redis
cat >"$work/main.mjs" <<'JS'
import { SpanStatusCode } from '@opentelemetry/api';
import { Queue, Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { draw, exporter, inSpan } from './tracing.mjs';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
const options = { connection, telemetry: new BullMQOtel({}), skipStalledCheck: true };
const worker = new Worker('orders', async () => Promise.reject(new Error('no stock')), options);
await worker.waitUntilReady();
exporter.reset();

const queue = new Queue('orders', options);
const givenUp = new Promise((resolve) => {
  worker.on('failed', (job) => job.attemptsMade === 2 && resolve());
});
await inSpan('request', () => queue.add('order', {}, { attempts: 2 }));
await givenUp;
await Promise.all([worker.close(), queue.close()]);
const detail = ({ status, events }) => ` | ${SpanStatusCode[status.code]} | ${events.map(({ name }) => name)}`;
console.log(draw(detail).split('\n').filter((line) => /request|process/.test(line)).join('\n'));
JS
cd "$work" && node main.mjs | check
