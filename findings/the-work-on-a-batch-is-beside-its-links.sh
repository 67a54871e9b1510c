#!/usr/bin/env bash
# title: In KafkaJS, the work on a batch is beside its links to the senders, not below them
# claim: In KafkaJS, a Kafka client for Node.js, you handle messages with `eachMessage` or `eachBatch`. With OpenTelemetry's
#   instrumentation and `eachMessage`, your work on a message is in its sender's trace. With `eachBatch`, your work is below a
#   `poll` span that links to nothing. The `poll` span also has a child span `process` for each message, which links to the
#   sender of the message. But the `process` spans have no children. So the trace doesn't show which work was done for which
#   sender.
# guess: The work on a batch is below one span that links to all senders, or the work on each message is below the message's
#   `process` span.
# versions: kafkajs 2.2.4, @opentelemetry/instrumentation-kafkajs 0.33.0, @opentelemetry/sdk-trace 3.1.1, kfake (a Kafka broker
#   for tests) of franz-go 1.22.3
# seen:
#   first request
#     send one-by-one
#       process one-by-one
#         work on first
#   second request
#     send one-by-one
#       process one-by-one
#         work on second
#   first request
#     send batch
#   second request
#     send batch
#   poll batch
#     process batch, links to 1
#     process batch, links to 1
#     work on first
#     work on second
# date: 2026-11-29
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced kafkajs@2.2.4 @opentelemetry/instrumentation-kafkajs@0.33.0
cat >"$work/main.mjs" <<'JS'
import { createRequire } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { KafkaJsInstrumentation } from '@opentelemetry/instrumentation-kafkajs';
import { draw, inSpan, instrument } from './tracing.mjs';

instrument(new KafkaJsInstrumentation());
const { Kafka, logLevel } = createRequire(import.meta.url)('kafkajs');

const kafka = new Kafka({ brokers: [process.env.KAFKA_BROKER], logLevel: logLevel.NOTHING });
const work = ({ value }) => inSpan(`work on ${value}`, async () => {});
const handlers = {
  'one-by-one': (seen) => ({
    eachMessage: async ({ message }) => {
      await work(message);
      seen();
    },
  }),
  batch: (seen) => ({
    eachBatch: async ({ batch }) => {
      // So that the work has a later time than the spans of the messages, which are there already.
      await setTimeout(20);
      for (const message of batch.messages) await work(message);
      batch.messages.forEach(seen);
    },
  }),
};

const producer = kafka.producer();
await producer.connect();
for (const [topic, handler] of Object.entries(handlers)) {
  for (const value of ['first', 'second']) {
    await inSpan(`${value} request`, () => producer.send({ topic, messages: [{ value }] }));
  }
  const consumer = kafka.consumer({ groupId: topic });
  const handled = Promise.withResolvers();
  let messages = 0;
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run(handler(() => ++messages === 2 && handled.resolve()));
  await handled.promise;
  // Waits for the batch in hand, so that its spans end.
  await consumer.disconnect();
}
await producer.disconnect();
console.log(draw(({ links }) => (links.length > 0 ? `, links to ${links.length}` : '')));
JS
start_kafka one-by-one batch
cd "$work" && node main.mjs | check
