"""Runs the cases with OpenTelemetry for Python: `python -m unittest`, with the package of requirements.txt."""

import json
import unittest
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

from opentelemetry import baggage, trace
from opentelemetry.baggage.propagation import W3CBaggagePropagator
from opentelemetry.context import Context
from opentelemetry.propagators._envcarrier import EnvironmentGetter, EnvironmentSetter
from opentelemetry.propagators.composite import CompositePropagator
from opentelemetry.propagators.textmap import default_getter, default_setter
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

FOLDER = Path(__file__).parent.parent
IMPLEMENTATION = "opentelemetry-python"
VERSION = version("opentelemetry-api")
CARRIERS = {
    "map": (default_getter, default_setter),
    "environment": (EnvironmentGetter(), EnvironmentSetter()),
}
PROPAGATORS = {"tracecontext": TraceContextTextMapPropagator(), "baggage": W3CBaggagePropagator()}


def load(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def reading(context):
    span = trace.get_current_span(context).get_span_context()
    seen = {}
    if span.is_valid:
        seen["traceId"] = f"{span.trace_id:032x}"
        seen["spanId"] = f"{span.span_id:016x}"
        seen["flags"] = f"{span.trace_flags:02x}"
        seen["tracestate"] = span.trace_state.to_header()
    seen["baggage"] = {key: str(value) for key, value in baggage.get_all(context).items()}
    return {name: value for name, value in seen.items() if value}


def entries(header):
    pairs = (member.strip().partition("=") for member in header.split(","))
    return {key: unquote(value) for key, _, value in pairs}


def writing(carrier):
    return {
        name: entries(value) if name.lower() == "baggage" else value for name, value in carrier.items() if value
    }


def run(case):
    getter, setter = CARRIERS[case["carrier"]]
    propagator = CompositePropagator([PROPAGATORS[name] for name in case["propagators"]])
    given = case["input"]
    context = propagator.extract(given["fields"], context=Context(), getter=getter)
    seen = reading(context)
    if "addToTracestate" in given:
        span = trace.get_current_span(context).get_span_context()
        state = span.trace_state.add(*given["addToTracestate"])
        changed = trace.SpanContext(span.trace_id, span.span_id, True, span.trace_flags, state)
        context = trace.set_span_in_context(trace.NonRecordingSpan(changed), context)
    for key, value in given.get("setBaggage", {}).items():
        context = baggage.set_baggage(key, value, context)
    written = {}
    propagator.inject(written, context=context, setter=setter)
    return {"reads": seen, "writes": writing(written)}


class ConformanceTest(unittest.TestCase):
    maxDiff = None

    def test_cases(self):
        differences = {
            row["case"]: row for row in load("differences.json")["differences"] if row["implementation"] == IMPLEMENTATION
        }
        cases = load("cases.json")["cases"]
        checked = 0
        for case in cases:
            with self.subTest(case["name"]):
                got, row = run(case), differences.get(case["name"])
                if row is None:
                    self.assertIn(got, case["expected"], f"not expected, got {json.dumps(got, ensure_ascii=False)}")
                else:
                    self.assertEqual((got, VERSION), (row["got"], row["version"]), "not the difference that is noted")
                    self.assertNotIn(got, case["expected"], "as expected now: take the difference out")
                checked += 1
        self.assertLessEqual(differences.keys(), {case["name"] for case in cases})
        if checked < len(cases):
            return
        passed = checked - len(differences)
        print(f"{IMPLEMENTATION} {VERSION}: {passed} cases as expected, {len(differences)} differences as noted.")


if __name__ == "__main__":
    unittest.main()
