#!/usr/bin/env bash
# title: In Celery, the span of a callback is below the task that ends last, so that the tree changes by chance
# claim: In Celery, a task queue for Python, a chord is a group of tasks with a callback, which gets the results of all of
#   them. With OpenTelemetry's instrumentation, the span of the callback is below the span of the task that ends last. It
#   doesn't link to the other tasks. So the same code makes another tree when another task ends last, and a test that compares
#   the trees fails by chance. The trace doesn't show that the callback also waits for the other tasks.
# guess: The callback is below the span that sent the chord, and links to all tasks.
# versions: celery 5.7.0, opentelemetry-instrumentation-celery 0.66b2, Python SDK 1.45.2, Redis 7.0
# seen:
#   request, charts ends last
#     apply_async/pages
#       run/pages
#     apply_async/charts
#       run/charts
#         apply_async/report
#           run/report, 0 links
#   request, pages ends last
#     apply_async/pages
#       run/pages
#         apply_async/report
#           run/report, 0 links
#     apply_async/charts
#       run/charts
# date: 2026-12-01
# page: docs/explanation/parent-or-link.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced_python opentelemetry-sdk==1.45.2 celery==5.7.0 redis==8.1.0 opentelemetry-instrumentation-celery==0.66b2
start_redis
cat >"$work/main.py" <<'PY'
import os
from threading import Event

from celery import Celery, chord
from celery.contrib.testing.worker import start_worker
from celery.signals import task_postrun
from opentelemetry.instrumentation.celery import CeleryInstrumentor

from tracing import draw, tracer

CeleryInstrumentor().instrument()
redis = f"redis://127.0.0.1:{os.environ['REDIS_PORT']}/0"
app = Celery(broker=redis, backend=redis)
another_has_ended = Event()


def work(is_last):
    if is_last:
        another_has_ended.wait(30)


@task_postrun.connect
def after_end(args, **_):
    if list(args) == [False]:
        another_has_ended.set()


def ended(results):
    return len(results)


pages = app.task(work, name="pages")
charts = app.task(work, name="charts")
report = app.task(ended, name="report")

with start_worker(app, concurrency=2, pool="threads", perform_ping_check=False):
    for last in ("charts", "pages"):
        another_has_ended.clear()
        with tracer.start_as_current_span(f"request, {last} ends last"):
            result = chord([pages.s(last == "pages"), charts.s(last == "charts")])(report.s())
        result.get(timeout=30)

print(draw(lambda span: f", {len(span.links)} links" if span.name == "run/report" else ""))
PY
(cd "$work" && python/bin/python main.py ) | check
