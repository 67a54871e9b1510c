"""Celery with Redis as its broker. The file isn't named celery.py, because that would hide the package."""

import os
import sys

from celery import Celery, chain, group, signals
from celery.worker import state
from harness import case, play, ready, request, service
from opentelemetry.instrumentation.celery import CeleryInstrumentor

app = Celery("shop", broker=f"redis://127.0.0.1:{os.environ.get('REDIS_PORT')}/0")
app.conf.update(task_ignore_result=True, worker_redirect_stdouts=False, task_default_queue=f"orders-{case}")

if not (service == "shop" and case == "untraced-sender"):
    CeleryInstrumentor().instrument(use_span_links=case == "links")


@app.task(name="pack")
def pack(order=0):
    return order


@app.task(name="ship", bind=True, max_retries=2)
def ship(self, order=0):
    if case == "retried" and self.request.retries == 0:
        raise self.retry(countdown=0)
    if case == "relayed":
        pack.delay(order)


FIELDS = ("traceparent", "tracestate")
kept = {}


def spoil(headers=None, **_rest):
    """Changes the fields after the instrumentation has written them, because Celery calls handlers in the order of connection."""
    if case == "fields-dropped":
        for name in FIELDS:
            headers.pop(name, None)
    if case in ("first-fields-kept", "first-fields-kept-twice"):
        kept.setdefault("traceparent", headers.get("traceparent"))
        headers.update(kept)


if service == "shop":
    signals.before_task_publish.connect(spoil, weak=False)


def worker(tasks):
    def run():
        done = []

        def count(**_rest):
            done.append(1)
            if len(done) == tasks:
                state.should_stop = 0

        signals.task_postrun.connect(count, weak=False)
        signals.worker_ready.connect(lambda **_rest: ready(), weak=False)
        try:
            app.Worker(pool="solo", loglevel="ERROR", quiet=True).start()
        except SystemExit:
            pass

    return run


def shop(send, times=1):
    def run():
        for order in range(times):
            with request():
                send(order)

    return run


CASES = {
    "delay": {"worker": worker(1), "shop": shop(lambda order: pack.delay(order))},
    "three-requests": {"worker": worker(3), "shop": shop(lambda order: pack.delay(order), 3)},
    "links": {"worker": worker(1), "shop": shop(lambda order: pack.delay(order))},
    "retried": {"worker": worker(2), "shop": shop(lambda order: ship.delay(order))},
    "relayed": {"worker": worker(2), "shop": shop(lambda order: ship.delay(order))},
    "chain": {"worker": worker(2), "shop": shop(lambda order: chain(pack.si(1), pack.si(2))())},
    "group": {"worker": worker(3), "shop": shop(lambda order: group(pack.si(1), pack.si(2), pack.si(3))())},
    "by-name": {"worker": worker(1), "shop": shop(lambda order: app.send_task("pack", [order]))},
    "fields-dropped": {"worker": worker(2), "shop": shop(lambda order: pack.delay(order), 2)},
    "first-fields-kept-twice": {"worker": worker(2), "shop": shop(lambda order: pack.delay(order), 2)},
    "first-fields-kept": {"worker": worker(12), "shop": shop(lambda order: pack.delay(order), 12)},
    "untraced-sender": {"worker": worker(1), "shop": shop(lambda order: pack.delay(order))},
}

if __name__ == "__main__":
    sys.exit(play(CASES))
