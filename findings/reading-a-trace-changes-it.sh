#!/usr/bin/env bash
# title: In Jaeger, reading a trace changes it
# claim: If you read a trace from Jaeger's in-memory store without the query parameter `raw_traces=true`, the read changes the
#   stored trace. The read can add warnings to spans, and each further read then adds them again. Some systems, such as Zipkin,
#   give the SERVER span of a request the same id as the CLIENT span. The read gives such a SERVER span a new id. If two spans
#   differ only in their scope (the library that created the span), one of them is lost. With `raw_traces=true`, you get the
#   trace as it was sent, but only if every earlier read was also raw.
# guess: A GET request changes nothing, and `raw_traces` always returns what was sent.
# versions: Jaeger 2.13.0, query API v3
# seen:
#   raw: 5 spans, 0 with another id, 0 warnings
#   plain: 4 spans, 1 with another id, 1 warnings
#   plain again: 4 spans, 1 with another id, 2 warnings
#   plain a third time: 4 spans, 1 with another id, 3 warnings
#   raw: 4 spans, 1 with another id, 3 warnings
# date: 2026-11-29
# page: docs/decisions/jaeger-v3-query-api.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

start_jaeger
cat >"$work/main.mjs" <<'JS'
import { setTimeout } from 'node:timers/promises';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const span = (spanId, startSecond, more = {}) => ({
  traceId, spanId, name: 'work', kind: 1,
  startTimeUnixNano: `${startSecond}000000000`, endTimeUnixNano: `${startSecond + 1}000000000`, ...more,
});
const service = (name, ...scopeSpans) => ({
  resource: { attributes: [{ key: 'service.name', value: { stringValue: name } }] },
  scopeSpans: scopeSpans.map(([scope, ...spans]) => ({ scope: { name: scope }, spans })),
});
const [shared, twice, early] = ['1', '2', '3'].map((digit) => digit.repeat(16));
const resourceSpans = [
  service('client', ['http', span(shared, 1_700_000_000, { kind: 3 })]),
  service(
    'server',
    ['http', span(shared, 1_700_000_000, { kind: 2 }), span(early, 1_699_999_000, { parentSpanId: shared })],
    ['queue', span(twice, 1_700_000_000)],
    ['work', span(twice, 1_700_000_000)],
  ),
];
const headers = { 'content-type': 'application/json' };
await fetch(`${process.env.JAEGER_OTLP}/v1/traces`, { method: 'POST', headers, body: JSON.stringify({ resourceSpans }) });

async function read(name, parameters = '') {
  const response = await fetch(`${process.env.JAEGER_QUERY}/api/v3/traces/${traceId}${parameters}`);
  if (!response.ok) return setTimeout(50).then(() => read(name, parameters));
  const { result } = await response.json();
  const spans = result.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans ?? []));
  const warnings = spans.flatMap(({ attributes = [] }) => attributes.filter(({ key }) => key === '@jaeger@warnings'));
  const count = warnings.flatMap(({ value }) => value.arrayValue.values).length;
  const known = spans.filter(({ spanId }) => [shared, twice, early].includes(spanId)).length;
  console.log(`${name}: ${spans.length} spans, ${spans.length - known} with another id, ${count} warnings`);
}
await read('raw', '?raw_traces=true');
for (const name of ['plain', 'plain again', 'plain a third time']) await read(name);
await read('raw', '?raw_traces=true');
JS
node "$work/main.mjs" | check
