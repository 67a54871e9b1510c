#!/usr/bin/env bash
# title: In OpenTelemetry's SDK 3, a batch processor ignores its variables, such as `OTEL_BSP_MAX_QUEUE_SIZE`
# claim: In OpenTelemetry's SDK 3 for JavaScript, a batch span processor that your program creates ignores all `OTEL_BSP_*`
#   variables. For example, `OTEL_BSP_MAX_QUEUE_SIZE=10` limits the queue of SDK 2 to 10 spans. So if 100 spans end in one
#   loop, SDK 2 drops most of them, but SDK 3 keeps all of them. In the output, `sdk-trace-base` is SDK 2, and `sdk-trace` is
#   SDK 3.
# guess: The variables set the defaults of the processor, as in SDK 2.
# versions: @opentelemetry/sdk-trace 3.1.1, @opentelemetry/sdk-trace-base 2.12.1
# seen:
#   sdk-trace-base, a queue of 10: 20 of 100 spans
#   sdk-trace, a queue of 10: 100 of 100 spans
# date: 2026-11-29
# page: docs/reference/environment-variables.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

cat >"$work/main.mjs" <<'JS'
const [name, option] = process.argv.slice(2);
const { BasicTracerProvider, BatchSpanProcessor, InMemorySpanExporter, TracerProvider } = await import(`@opentelemetry/${name}`);
const exporter = new InMemorySpanExporter();
const processor = new BatchSpanProcessor(option === 'exporter' ? { exporter } : exporter);
const provider = new (TracerProvider ?? BasicTracerProvider)({ spanProcessors: [processor] });
for (let span = 0; span < 100; span++) provider.getTracer('finding').startSpan('work').end();
await processor.forceFlush();
console.log(`${name}, a queue of 10: ${exporter.getFinishedSpans().length} of 100 spans`);
await processor.shutdown();
JS
export OTEL_BSP_MAX_QUEUE_SIZE=10 OTEL_BSP_MAX_EXPORT_BATCH_SIZE=10
cd "$work"
{
  install_npm @opentelemetry/{api@1.9.1,sdk-trace-base@2.12.1}
  node main.mjs sdk-trace-base
  rm -r node_modules package.json
  install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1}
  node main.mjs sdk-trace exporter
} | check
