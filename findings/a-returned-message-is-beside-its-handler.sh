#!/usr/bin/env bash
# title: In FastStream, the work on a returned message is beside its handler, and not below it
# claim: In FastStream, a messaging framework for Python, a handler can send a message in two ways: it returns the message, or
#   it calls `broker.publish`. With FastStream's OpenTelemetry middleware, both ways carry the context, but different ones. The
#   work on a published message is below the handler that sent it. The work on a returned message is below the sender of the
#   first message, beside the handler. So the tree doesn't show which handler caused the work, and it changes if you replace
#   one way of sending by the other.
# guess: In both ways, the work on the message is below the handler that sent it.
# versions: faststream 0.7.8, Python SDK 1.45.2, Redis 7.0
# seen:
#   request, publishing
#     publishing create
#       publishing publish
#       publishing process
#         invoices create
#           invoices publish
#           invoices process
#   request, returning
#     returning create
#       returning publish
#       returning process
#         invoices publish
#       invoices process
# date: 2026-12-01
# page: docs/explanation/what-others-do.md
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

from tracing import draw, tracer

address = f"redis://127.0.0.1:{os.environ['REDIS_PORT']}"
broker = RedisBroker(address, middlewares=[RedisTelemetryMiddleware()], logger=None)
ended = asyncio.Queue()


@broker.subscriber(list="returning")
@broker.publisher(list="invoices")
async def returning(order):
    return f"invoice of {order}"


@broker.subscriber(list="publishing")
async def publishing(order):
    await broker.publish(f"invoice of {order}", list="invoices")


@broker.subscriber(list="invoices")
async def invoices(invoice):
    await ended.put(invoice)


async def main():
    await broker.start()
    for queue in ("publishing", "returning"):
        with tracer.start_as_current_span(f"request, {queue}"):
            await broker.publish("order", list=queue)
        await ended.get()
    await broker.stop()
    print(draw())


asyncio.run(main())
PY
(cd "$work" && python/bin/python main.py 2>main.log) | check
