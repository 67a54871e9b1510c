#!/usr/bin/env bash
# title: In NodeSDK, an unknown propagator carries nothing, and no warning is logged
# claim: OpenTelemetry's NodeSDK doesn't include the propagators `xray` and `jaeger`, although the specification defines these
#   names for `OTEL_PROPAGATORS`. If you set one of them, NodeSDK uses a propagator without fields, and logs nothing. No context
#   enters or leaves the process, not even W3C's, so every hop starts a new trace.
# guess: If the SDK does not include a propagator, it logs a warning and uses W3C's propagators, the default.
# versions: @opentelemetry/sdk-node 0.301.0, @opentelemetry/api 1.10.0
# seen:
#   unset: fields [traceparent tracestate baggage]
#   b3: fields [b3]
#   xray: fields []
#   jaeger: fields []
#   tracecontext,xray: fields [traceparent tracestate]
# date: 2026-11-29
# page: docs/reference/environment-variables.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,sdk-node@0.301.0}
cat >"$work/main.mjs" <<'JS'
import { propagation } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ autoDetectResources: false, spanProcessors: [], metricReaders: [], logRecordProcessors: [] });
sdk.start();
console.log(`${process.env.OTEL_PROPAGATORS ?? 'unset'}: fields [${propagation.fields().join(' ')}]`);
await sdk.shutdown();
JS
cd "$work"
{
  node main.mjs
  for propagators in b3 xray jaeger tracecontext,xray; do OTEL_PROPAGATORS=$propagators node main.mjs; done
} 2>&1 | check
