#!/usr/bin/env bash
# title: In OpenTelemetry JS, a full tracestate keeps out the sampler's threshold
# claim: OpenTelemetry's composite sampler for JavaScript keeps a share of all spans, and adds a member with a threshold to the
#   tracestate. From the threshold, a backend calculates how many spans each kept span stands for. But if a caller's tracestate
#   already has 32 members, the maximum, `TraceState.set` drops the new member, so the threshold is missing. With a ratio of one
#   half, the sampler still drops half of the spans. Without the threshold, the backend doesn't know about this, and counts only
#   half of the real number of spans.
# guess: `TraceState.set` puts the new member first and drops the last member, as W3C asks.
# versions: @opentelemetry/sampler-composite 0.222.0, @opentelemetry/sdk-trace 3.1.1, @opentelemetry/core 3.1.1
# seen:
#   31 members: sampled true, 32 are passed on, the first is ot=th:8
#   32 members: sampled true, 32 are passed on, the first is vendor0=1
# date: 2026-11-29
# page: docs/explanation/sampling-across-async-hops.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,core@3.1.1,sampler-composite@0.222.0}
cat >"$work/main.mjs" <<'JS'
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { TraceState } from '@opentelemetry/core';
import { createComposableProbabilitySampler, createCompositeSampler } from '@opentelemetry/sampler-composite';
import { TracerProvider } from '@opentelemetry/sdk-trace';

const sampler = createCompositeSampler(createComposableProbabilitySampler(0.5));
const tracer = new TracerProvider({ sampler }).getTracer('finding');
for (const members of [31, 32]) {
  const traceState = new TraceState(Array.from({ length: members }, (_, number) => `vendor${number}=1`).join());
  // The last seven bytes are what the sampler decides by.
  const caller = { traceId: '0af7651916cd43dd84ffffffffffffff', spanId: 'b7ad6b7169203331', traceFlags: 1, traceState };
  const span = tracer.startSpan('child', {}, trace.setSpanContext(ROOT_CONTEXT, caller));
  const after = span.spanContext().traceState.serialize().split(',');
  console.log(`${members} members: sampled ${span.isRecording()}, ${after.length} are passed on, the first is ${after[0]}`);
}
JS
cd "$work" && node main.mjs | check
