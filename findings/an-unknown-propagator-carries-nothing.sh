#!/usr/bin/env bash
# title: In NodeSDK, an unknown propagator carries nothing, and no warning is logged
# claim: NodeSDK, which sets up OpenTelemetry in Node.js, doesn't include the propagators `xray` and `jaeger`. But
#   OpenTelemetry's specification defines these names for the variable `OTEL_PROPAGATORS`. NodeSDK ignores the names, and logs
#   nothing. If the variable contains no other name, no context enters or leaves the process, not even in W3C's format. The
#   trace then breaks at each request to or from the process.
# guess: If NodeSDK does not include a propagator, it logs a warning, and uses W3C's propagators, the default.
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
