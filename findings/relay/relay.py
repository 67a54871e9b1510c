"""One hop in Python: extracts from the environment, starts a span, injects, and prints what a child process would get."""

import logging
import os

from opentelemetry import propagate, trace
from opentelemetry.propagators._envcarrier import EnvironmentGetter, EnvironmentSetter
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

logging.disable()
provider = TracerProvider()
if os.environ.get("EXPORTER") != "none":
    provider.add_span_processor(SimpleSpanProcessor(InMemorySpanExporter()))
parent = propagate.extract(os.environ, getter=EnvironmentGetter())
span = provider.get_tracer("relay").start_span("relay", context=parent)
child = {}
propagate.inject(child, trace.set_span_in_context(span, parent), setter=EnvironmentSetter())
for name in ("TRACEPARENT", "TRACESTATE", "BAGGAGE"):
    print(f"{name}={child.get(name, '')}")
