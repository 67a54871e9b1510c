#!/usr/bin/env bash
# title: In queues such as async, waiting work runs in the trace of the first request
# claim: Node.js libraries such as p-limit and async limit how many tasks a process runs at the same time. The other tasks
#   wait in a queue. In async, fastq, bottleneck, and cockatiel, a task that ends starts the next waiting task, which then
#   runs in the context of the task that ended. So under load, all tasks are in the trace of the first request. If no task has
#   to wait, each task is in the trace of its caller. With p-limit and p-queue, each task is always in the trace of its
#   caller.
# guess: A queue runs every task in the context of the call that added it, or loses the context in every case.
# versions: p-limit 7.3.3, p-queue 10.0.0, async 3.2.6, fastq 1.20.3, bottleneck 2.19.5, cockatiel 4.0.0,
#   @opentelemetry/sdk-trace 3.1.1
# seen:
#   p-limit: one at a time: A B C, together: A B C
#   p-queue: one at a time: A B C, together: A B C
#   async: one at a time: A B C, together: A A A
#   fastq: one at a time: A B C, together: A A A
#   bottleneck: one at a time: A B C, together: A A A
#   cockatiel: one at a time: A B C, together: A A A
# date: 2026-11-30
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced p-limit@7.3.3 p-queue@10.0.0 async@3.2.6 fastq@1.20.3 bottleneck@2.19.5 cockatiel@4.0.0
cat >"$work/main.mjs" <<'JS'
import { exporter, inSpan, provider } from './tracing.mjs';
import { setTimeout as wait } from 'node:timers/promises';
import async from 'async';
import Bottleneck from 'bottleneck';
import { bulkhead } from 'cockatiel';
import fastq from 'fastq';
import pLimit from 'p-limit';
import PQueue from 'p-queue';

// `async` awaits only a function that is declared async.
const run = async (task) => task();
const limit = pLimit(1);
const queue = new PQueue({ concurrency: 1 });
const asyncQueue = async.queue(run, 1);
const fast = fastq.promise(run, 1);
const bottleneck = new Bottleneck({ maxConcurrent: 1 });
const wall = bulkhead(1, 10);

const queues = {
  'p-limit': (task) => limit(task),
  'p-queue': (task) => queue.add(task),
  async: (task) => asyncQueue.pushAsync(task),
  fastq: (task) => fast.push(task),
  bottleneck: (task) => bottleneck.schedule(task),
  cockatiel: (task) => wall.execute(task),
};
const REQUESTS = ['A', 'B', 'C'];

/** The request above the span of each task, in the order of the requests. */
async function requestsOfTasks(handle) {
  exporter.reset();
  await handle();
  await provider.forceFlush();
  const spans = exporter.getFinishedSpans();
  return REQUESTS.map((name) => {
    const task = spans.find((span) => span.name === `task of ${name}`);
    return spans.find((span) => span.spanContext().spanId === task.parentSpanContext?.spanId)?.name ?? 'none';
  }).join(' ');
}

for (const [name, add] of Object.entries(queues)) {
  const request = (id) => inSpan(id, () => add(() => inSpan(`task of ${id}`, () => wait(10))));
  const alone = await requestsOfTasks(async () => {
    for (const id of REQUESTS) await request(id);
  });
  const together = await requestsOfTasks(() => Promise.all(REQUESTS.map(request)));
  console.log(`${name}: one at a time: ${alone}, together: ${together}`);
}
JS
cd "$work" && node main.mjs | check
