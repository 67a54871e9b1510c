#!/usr/bin/env bash
# title: In Celery, an expired or revoked task leaves no span, so that its message looks lost
# claim: In Celery, a task queue for Python, you can set a time after which a task must not start (`expires`), and you can
#   revoke a task that you have sent. The worker then receives the task, and discards it. With OpenTelemetry's
#   instrumentation, the trace has the sender's span and no span of the worker: no error, and no event that gives the reason.
#   A trace looks the same if the message or its context is lost.
# guess: The worker creates a span for the task, with a status or an event that says that the task expired or was revoked.
# versions: celery 5.7.0, opentelemetry-instrumentation-celery 0.66b2, Python SDK 1.45.2, Redis 7.0
# seen:
#   the worker discards a task: expired
#   the worker discards a task: revoked
#   request
#     apply_async/receipt
#       run/receipt
#   request, the task expires
#     apply_async/receipt
#   request, the task is revoked
#     apply_async/receipt
# date: 2026-12-01
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced_python opentelemetry-sdk==1.45.2 celery==5.7.0 redis==8.1.0 opentelemetry-instrumentation-celery==0.66b2
start_redis
cat >"$work/main.py" <<'PY'
import os
from queue import Queue

from celery import Celery
from celery.contrib.testing.worker import start_worker
from celery.signals import task_revoked
from opentelemetry.instrumentation.celery import CeleryInstrumentor

from tracing import draw, tracer

CeleryInstrumentor().instrument()
redis = f"redis://127.0.0.1:{os.environ['REDIS_PORT']}/0"
app = Celery(broker=redis, backend=redis)
discarded = Queue()


@app.task(name="receipt")
def receipt():
    return "sent"


@task_revoked.connect
def on_discard(expired, **_):
    discarded.put("expired" if expired else "revoked")


with start_worker(app, concurrency=1, pool="threads", perform_ping_check=False):
    with tracer.start_as_current_span("request"):
        result = receipt.delay()
    result.get(timeout=30)
    with tracer.start_as_current_span("request, the task expires"):
        receipt.apply_async(countdown=1, expires=0.5)
    print(f"the worker discards a task: {discarded.get(timeout=30)}")
    with tracer.start_as_current_span("request, the task is revoked"):
        result = receipt.apply_async(countdown=2)
    result.revoke()
    print(f"the worker discards a task: {discarded.get(timeout=30)}")

print(draw())
PY
(cd "$work" && python/bin/python main.py 2>main.log) | check
