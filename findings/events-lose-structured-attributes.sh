#!/usr/bin/env bash
# title: In OpenTelemetry JS, events lose structured attributes
# claim: In OpenTelemetry's SDK 3 for JavaScript, the value of an attribute can be a map, a list of different types, null, or
#   bytes. Spans and links keep such attributes. The events of a span, and the resource (the attributes of the process), drop
#   them, and nothing is logged. The output names the attributes that are kept. The attribute `nothing` is null.
# guess: SDK 3 keeps such attributes everywhere, or nowhere.
# versions: @opentelemetry/sdk-trace 3.1.1, @opentelemetry/resources 3.1.1
# seen:
#   span: text map mixed nothing bytes
#   link: text map mixed nothing bytes
#   event: text
#   resource: text
# date: 2026-11-29
# page: docs/reference/spans-and-attributes.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,resources@3.1.1}
cat >"$work/main.mjs" <<'JS'
import { resourceFromAttributes } from '@opentelemetry/resources';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

const attributes = { text: 'a', map: { a: 1 }, mixed: [1, 'a'], nothing: null, bytes: new Uint8Array([1, 2]) };
const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({
  resource: resourceFromAttributes(attributes),
  spanProcessors: [new SimpleSpanProcessor({ exporter })],
});
const context = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331', traceFlags: 1 };
const span = provider.getTracer('finding').startSpan('work', { attributes, links: [{ context, attributes }] });
span.addEvent('happened', attributes);
span.end();
const [ended] = exporter.getFinishedSpans();
const places = { span: ended, link: ended.links[0], event: ended.events[0], resource: ended.resource };
for (const [place, { attributes }] of Object.entries(places)) {
  console.log(`${place}: ${Object.keys(attributes ?? {}).join(' ')}`);
}
JS
cd "$work" && node main.mjs | check
