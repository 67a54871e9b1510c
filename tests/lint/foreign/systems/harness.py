"""Like harness.mjs, but for systems in Python: a process for each service of a case, each with its own SDK."""

import base64
import json
import os
import subprocess
import sys

from google.protobuf.json_format import MessageToDict
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

case, service = [*sys.argv[1:3], "", ""][:2]
_exporter = InMemorySpanExporter()
_provider = TracerProvider(resource=Resource({"service.name": service}))
_provider.add_span_processor(SimpleSpanProcessor(_exporter))
trace.set_tracer_provider(_provider)
tracer = trace.get_tracer("shop", "1.0.0")


def request(path="/orders"):
    """Starts the span of an incoming request, as an HTTP server does."""
    attributes = {"http.request.method": "POST", "url.path": path, "http.response.status_code": 202}
    return tracer.start_as_current_span(f"POST {path}", kind=trace.SpanKind.SERVER, attributes=attributes)


def ready():
    print("ready", flush=True)


def play(cases):
    """Runs the case that the command line names, or prints the names of all cases. A service starts when the previous one is ready."""
    if not case:
        print("\n".join(cases))
    elif not service:
        _start_all(cases[case])
    else:
        cases[case][service]()
        _write_spans()
        sys.stdout.flush()
        # Exits even if a library keeps connections open.
        os._exit(0)


def _start_all(names):
    processes = []
    for name in names:
        process = subprocess.Popen([sys.executable, sys.argv[0], case, name], stdout=subprocess.PIPE, text=True)
        while (line := process.stdout.readline()) and line != "ready\n":
            pass
        if not line and process.wait() != 0:
            sys.exit(f"{name} of {case} ended with {process.returncode}")
        processes.append((name, process))
    for name, process in processes:
        process.stdout.read()
        if process.wait() != 0:
            sys.exit(f"{name} of {case} ended with {process.returncode}")


def _write_spans():
    spans = _exporter.get_finished_spans()
    if not spans:
        return
    line = MessageToDict(encode_spans(spans), use_integers_for_enums=True)
    with open(os.environ["FOREIGN_OUT"], "a", encoding="utf-8") as file:
        file.write(json.dumps(_portable(line), separators=(",", ":")) + "\n")


# Attributes with the name of the recording machine, or with paths on it.
_PRIVATE = {"exception.stacktrace", "celery.hostname", "celery.origin"}


def _portable(value):
    """Converts IDs to hex, as OTLP requires, and removes attributes that identify the machine."""
    if isinstance(value, list):
        return [_portable(each) for each in value if not (isinstance(each, dict) and each.get("key") in _PRIVATE)]
    if not isinstance(value, dict):
        return value
    return {
        name: base64.b64decode(each).hex() if name in ("traceId", "spanId", "parentSpanId") else _portable(each)
        for name, each in value.items()
    }
