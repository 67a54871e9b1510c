"""One side of the table, with OpenTelemetry for Python: passes fields on, or reads its own environment."""

import json
import os
import sys

from opentelemetry import baggage, trace
from opentelemetry.baggage.propagation import W3CBaggagePropagator
from opentelemetry.context import Context
from opentelemetry.propagators._envcarrier import EnvironmentGetter, EnvironmentSetter
from opentelemetry.propagators.composite import CompositePropagator
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

propagator = CompositePropagator([TraceContextTextMapPropagator(), W3CBaggagePropagator()])


def reading(context):
    span = trace.get_current_span(context).get_span_context()
    entries = baggage.get_all(context)
    return {
        "parent": f"{span.trace_id:032x}-{span.span_id:016x}-{span.trace_flags:02x}" if span.is_valid else "",
        "state": span.trace_state.to_header() if span.is_valid else "",
        "baggage": {key: str(value) for key, value in entries.items()},
    }


def pass_on(case):
    context = propagator.extract(case["fields"], context=Context())
    seen = reading(context)
    if "add" in case:
        span = trace.get_current_span(context).get_span_context()
        state = span.trace_state.add(*case["add"])
        changed = trace.SpanContext(span.trace_id, span.span_id, True, span.trace_flags, state)
        context = trace.set_span_in_context(trace.NonRecordingSpan(changed), context)
    for key, value in case.get("baggage", {}).items():
        context = baggage.set_baggage(key, value, context)
    document, environment = {}, {}
    propagator.inject(document, context=context)
    propagator.inject(environment, context=context, setter=EnvironmentSetter())
    return {"reading": seen, "document": document, "environment": environment}


if sys.argv[1:] == ["environment"]:
    answer = reading(propagator.extract(os.environ, context=Context(), getter=EnvironmentGetter()))
else:
    answer = [pass_on(case) for case in json.load(sys.stdin)]
json.dump(answer, sys.stdout)
