"""A Kubernetes Job that joins the trace of its launcher. It counts the words in its arguments or, without arguments, in stdin."""

import logging
import os
import signal
import sys

from opentelemetry import baggage, context, propagate, trace
from opentelemetry.trace import SpanKind

from env_carrier import EnvironmentGetter
from tracing import start_tracing

tracer = trace.get_tracer("python-job")


def count_words(text: str) -> int:
    """Does the work. It knows nothing about the Job, but its spans are in the Job's trace."""
    with tracer.start_as_current_span("count words") as span:
        count = len(text.split())
        span.set_attribute("demo.words", count)
        if count == 0:
            raise ValueError("there is no word to count")
        return count


def read_text(args: list[str]) -> str:
    if args:
        return " ".join(args)
    print("reads its input", file=sys.stderr, flush=True)
    return sys.stdin.read()


def run() -> None:
    # From here on, the launcher's context is current, so every span of this process joins the launcher's trace.
    context.attach(propagate.extract(os.environ, getter=EnvironmentGetter()))
    with tracer.start_as_current_span("run python-job", kind=SpanKind.CONSUMER) as span:
        tier = baggage.get_baggage("demo.customer.tier")
        if tier is not None:
            span.set_attribute("demo.customer.tier", str(tier))
        print("words:", count_words(read_text(sys.argv[1:])))


def main() -> None:
    # SIGTERM (deadline, eviction) raises SystemExit, so that the process still exports the last spans.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    logging.basicConfig(level=logging.WARNING)
    provider = start_tracing()
    try:
        run()
    finally:
        provider.shutdown()


if __name__ == "__main__":
    main()
