#!/usr/bin/env bash
# title: In confluent-kafka, a forwarded message links to its first sender
# claim: In confluent-kafka, a Kafka client for Python, you can forward a message with its headers, for example to a topic for
#   retries. OpenTelemetry's instrumentation adds a new `traceparent` to the list of headers, but doesn't remove the one that
#   is there. The receiver reads the first one in the list. So its span links to the first sender, and nothing connects it to
#   the program that forwarded the message. It is the same if you send two messages with one list of headers: the span of the
#   second message links to the sender of the first one.
# guess: The instrumentation replaces the `traceparent`, so that each message links to the program that sent it last.
# versions: confluent-kafka 2.16.1, opentelemetry-instrumentation-confluent-kafka 0.66b1, Python SDK 1.45.1, kfake (a Kafka broker
#   for tests) of franz-go 1.22.3
# seen:
#   orders process: links to web shop
#   retries process: links to web shop
#   letters process: links to request 1
#   letters process: links to request 1
# date: 2026-12-01
# page: docs/explanation/stale-context.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced_python opentelemetry-sdk==1.45.1 confluent-kafka==2.16.1 opentelemetry-instrumentation-confluent-kafka==0.66b1
start_kafka orders retries letters
cat >"$work/main.py" <<'PY'
import os

from opentelemetry.instrumentation.confluent_kafka import ConfluentKafkaInstrumentor

from tracing import exporter, tracer

ConfluentKafkaInstrumentor().instrument()
import confluent_kafka  # noqa: E402

broker = {"bootstrap.servers": os.environ["KAFKA_BROKER"]}
producer = confluent_kafka.Producer(broker)


def send(request, topic, headers):
    with tracer.start_as_current_span(request):
        producer.produce(topic, b"tea", headers=headers)
        producer.flush()


def receive(topic, count):
    consumer = confluent_kafka.Consumer({**broker, "group.id": topic, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    messages = []
    while len(messages) < count:
        message = consumer.poll(30)
        if message is not None and not message.error():
            messages.append(message)
    consumer.close()
    return messages


send("web shop", "orders", [("source", b"web")])
(order,) = receive("orders", 1)
send("retry service", "retries", order.headers())
receive("retries", 1)

shared = [("source", b"web")]
for number in (1, 2):
    send(f"request {number}", "letters", shared)
receive("letters", 2)

spans = exporter.get_finished_spans()
names = {span.context.span_id: span.name for span in spans}
request_of = {span.context.span_id: names[span.parent.span_id] for span in spans if span.parent}
for span in spans:
    for link in span.links:
        print(f"{span.name}: links to {request_of[link.context.span_id]}")
PY
(cd "$work" && python/bin/python main.py 2>main.log) | check
