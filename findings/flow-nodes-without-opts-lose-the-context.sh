#!/usr/bin/env bash
# title: In BullMQ, flow nodes without `opts` lose the context
# claim: In BullMQ, a job queue on Redis, a flow is a tree of jobs that you add together. With the package bullmq-otel, a job
#   in the tree carries the context only if it has the field `opts`. An empty object is enough. A job without `opts` runs in a
#   separate trace, even if it is the root of the tree.
# guess: Every job of the flow is in the trace of the request that added the flow.
# versions: bullmq 6.7.0, bullmq-otel 2.0.1, ioredis 6.0.0, @opentelemetry/sdk-trace 3.1.1, Redis 7.0
# seen:
#   request
#           process parts
#             handle part with opts
#   process parts
#     handle part without opts
#   process whole
#     handle the whole
# date: 2026-11-29
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced bullmq@6.7.0 bullmq-otel@2.0.1 ioredis@6.0.0
start_redis
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import { FlowProducer, Worker } from 'bullmq';
import { BullMQOtel } from 'bullmq-otel';
import { draw, exporter, inSpan } from './tracing.mjs';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT), maxRetriesPerRequest: null };
const options = { connection, telemetry: new BullMQOtel({}), skipStalledCheck: true };
const work = async ({ name }) => inSpan(`handle ${name}`, async () => {});
const parts = new Worker('parts', work, options);
const whole = new Worker('whole', work, options);
await Promise.all([parts.waitUntilReady(), whole.waitUntilReady()]);
exporter.reset();

const flows = new FlowProducer(options);
const completed = once(whole, 'completed');
await inSpan('request', () =>
  flows.add({
    name: 'the whole',
    queueName: 'whole',
    children: [
      { name: 'part without opts', queueName: 'parts' },
      { name: 'part with opts', queueName: 'parts', opts: {} },
    ],
  }),
);
await completed;
await Promise.all([parts.close(), whole.close(), flows.close()]);
const own = (line) => !/^( *)(complete|closeWorker|addNode|addFlow|close) /.test(line);
console.log(draw().split('\n').filter(own).join('\n'));
JS
cd "$work" && node main.mjs | check
