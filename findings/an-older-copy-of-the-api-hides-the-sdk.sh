#!/usr/bin/env bash
# title: In OpenTelemetry JS, an older copy of the API hides the SDK from a newer copy
# claim: A program registers its SDK through its copy of OpenTelemetry's API for JavaScript, and a library searches for the SDK
#   through another copy. If the program's copy is version 1.9 and the library's copy is 1.10, the library does not find the
#   SDK. The library's spans and propagation then do nothing, and nothing is logged. If the program's copy is 1.10 and the
#   library's copy is 1.9, the library finds the SDK.
# guess: Copies of the API with the same major version share the registered SDK, whichever copy is older.
# versions: @opentelemetry/api 1.9.1 and 1.10.0, @opentelemetry/sdk-trace 3.1.1
# seen:
#   registered through 1.9.1, used through 1.10.0: span false, fields to inject []
#   registered through 1.10.0, used through 1.9.1: span true, fields to inject [traceparent,tracestate]
# date: 2026-11-29
# page: docs/how-to/add-to-a-mongo-worker.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,core@3.1.1} api-{1.9.1@npm:@opentelemetry/api@1.9.1,1.10.0@npm:@opentelemetry/api@1.10.0}
cat >"$work/main.mjs" <<'JS'
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';

const [registered, used] = process.argv.slice(2);
const { diag, DiagConsoleLogger, DiagLogLevel, propagation, trace } = await import(`api-${registered}`);
const library = await import(`api-${used}`);
diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
trace.setGlobalTracerProvider(new TracerProvider({}));
propagation.setGlobalPropagator(new W3CTraceContextPropagator());
const recording = library.trace.getTracer('library').startSpan('work').isRecording();
const fields = library.propagation.fields();
console.log(`registered through ${registered}, used through ${used}: span ${recording}, fields to inject [${fields}]`);
JS
cd "$work" && { node main.mjs 1.9.1 1.10.0; node main.mjs 1.10.0 1.9.1; } 2>&1 | check
