#!/usr/bin/env bash
# title: In FastStream, a batch starts a trace of its own at each later hop
# claim: FastStream is a messaging framework for Python. If you send several messages with `publish_batch`, its OpenTelemetry
#   middleware starts a new trace for the work on each of them, which links to the sender. To recognize such messages, the
#   middleware adds `with_batch` to their baggage. The handlers pass this baggage on with what they send, so that a single
#   message that a handler sends later counts as a batch, too. Its work starts another trace. So after a batch, the trace ends
#   at each hop.
# guess: Only the work on the messages of the batch starts new traces. What their handlers send stays in these traces.
# versions: faststream 0.7.8, Python SDK 1.45.2, Redis 7.0
# seen:
#   alone: request in trace 1, order in trace 1, invoice in trace 1, letter in trace 1
#   of a batch: request in trace 1, order in trace 2, invoice in trace 3, letter in trace 4
#   of the batch, too: request in trace 1, order in trace 2, invoice in trace 3, letter in trace 4
# date: 2026-12-01
# page: docs/explanation/trust-and-baggage.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced_python opentelemetry-sdk==1.45.2 'faststream[redis]==0.7.8'
start_redis
cat >"$work/main.py" <<'PY'
import asyncio
import os

from faststream.redis import RedisBroker
from faststream.redis.opentelemetry import RedisTelemetryMiddleware
from opentelemetry import trace

from tracing import tracer

address = f"redis://127.0.0.1:{os.environ['REDIS_PORT']}"
broker = RedisBroker(address, middlewares=[RedisTelemetryMiddleware()], logger=None)
traces = {}
ended = asyncio.Queue()


def note(place, message):
    span = trace.get_current_span().get_span_context()
    traces.setdefault(message, []).append((place, span.trace_id))


@broker.subscriber(list="orders")
async def orders(message):
    note("order", message)
    await broker.publish(message, list="invoices")


@broker.subscriber(list="invoices")
async def invoices(message):
    note("invoice", message)
    await broker.publish(message, list="letters")


@broker.subscriber(list="letters")
async def letters(message):
    note("letter", message)
    await ended.put(message)


async def main():
    await broker.start()
    for messages in (["alone"], ["of a batch", "of the batch, too"]):
        with tracer.start_as_current_span("request"):
            for message in messages:
                note("request", message)
            await broker.publish_batch(*messages, list="orders")
        for _ in messages:
            await ended.get()
    await broker.stop()
    for message, places in traces.items():
        numbers = {id: number for number, id in enumerate(dict.fromkeys(id for _, id in places), 1)}
        print(f"{message}: " + ", ".join(f"{place} in trace {numbers[id]}" for place, id in places))


asyncio.run(main())
PY
(cd "$work" && python/bin/python main.py 2>main.log) | check
