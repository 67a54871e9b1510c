#!/usr/bin/env bash
# title: In OpenTelemetry JS, a force flush does not wait for an export in progress
# claim: In OpenTelemetry's SDK 3 for JavaScript, `forceFlush()` of the batch processor resolves at once if an export is in
#   progress. The collector may not have accepted the spans of that export yet. A process that exits after `forceFlush()` may
#   lose these spans. `shutdown()` waits for the collector's answer.
# guess: `forceFlush()` resolves when the collector has accepted every span that ended before the call.
# versions: @opentelemetry/sdk-trace 3.1.1, @opentelemetry/exporter-trace-otlp-http 0.301.0
# seen:
#   forceFlush() resolved before the collector's answer
#   shutdown() resolved after the collector's answer
# date: 2026-11-29
# page: docs/decisions/last-spans-by-a-child-process.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,exporter-trace-otlp-http@0.301.0}
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const collector = createServer().listen(0, '127.0.0.1');
await once(collector, 'listening');
const url = `http://127.0.0.1:${collector.address().port}/v1/traces`;

for (const method of ['forceFlush', 'shutdown']) {
  const exporter = new OTLPTraceExporter({ url });
  const processor = new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1 });
  const provider = new TracerProvider({ spanProcessors: [processor] });
  let accepted = false;
  const posted = once(collector, 'request');
  provider.getTracer('finding').startSpan('last').end();
  const [, response] = await posted;
  setTimeout(() => ((accepted = true), response.end('{}')), 500);
  await provider[method]();
  console.log(`${method}() resolved ${accepted ? 'after' : 'before'} the collector's answer`);
  if (!accepted) await once(response, 'finish');
}
collector.closeAllConnections();
collector.close();
JS
cd "$work" && node main.mjs | check
