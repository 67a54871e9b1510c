#!/usr/bin/env bash
# title: In aio-pika, a loop over a queue works outside the traces of its messages
# claim: aio-pika is a client of RabbitMQ for Python. You can handle messages in a callback of `queue.consume`, in a loop over
#   `queue.iterator()`, or after `queue.get()`. With OpenTelemetry's instrumentation, only the work in the callback is in the
#   sender's trace. For the loop, the sender's trace has a span `receive` too, so that the message seems to have arrived with
#   its context. But this span ends before the loop gets the message, and the work in the loop starts a new trace. After
#   `get()`, there isn't even such a span.
# guess: In all three ways, the work on a message is in its sender's trace.
# versions: aio-pika 10.2.1, opentelemetry-instrumentation-aio-pika 0.66b1, Python SDK 1.45.1, RabbitMQ 3.10
# seen:
#   request, callback
#     ,callback send
#       callback receive
#         work in a callback
#   request, loop
#     ,loop send
#       loop receive
#   work in a loop
#   request, get
#     ,get send
#   work after get
# date: 2026-12-01
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced_python opentelemetry-sdk==1.45.1 aio-pika==10.2.1 opentelemetry-instrumentation-aio-pika==0.66b1
start_rabbitmq
cat >"$work/main.py" <<'PY'
import asyncio
import os

from opentelemetry.instrumentation.aio_pika import AioPikaInstrumentor

from tracing import draw, tracer

AioPikaInstrumentor().instrument()
import aio_pika  # noqa: E402


async def work(message, way):
    async with message.process():
        with tracer.start_as_current_span(f"work {way}"):
            await asyncio.sleep(0)


async def callback(queue):
    handled = asyncio.Event()

    async def handle(message):
        await work(message, "in a callback")
        handled.set()

    await queue.consume(handle)
    await handled.wait()


async def loop(queue):
    async with queue.iterator() as messages:
        async for message in messages:
            await work(message, "in a loop")
            break


async def get(queue):
    await work(await queue.get(timeout=30), "after get")


async def main():
    connection = await aio_pika.connect(os.environ["AMQP_URL"])
    channel = await connection.channel()
    for handle in (callback, loop, get):
        queue = await channel.declare_queue(handle.__name__)
        with tracer.start_as_current_span(f"request, {handle.__name__}"):
            await channel.default_exchange.publish(aio_pika.Message(b"order"), queue.name)
        await handle(queue)
    await connection.close()
    print(draw())


asyncio.run(main())
PY
(cd "$work" && python/bin/python main.py 2>main.log) | check
