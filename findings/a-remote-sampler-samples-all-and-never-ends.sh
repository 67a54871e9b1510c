#!/usr/bin/env bash
# title: In OpenTelemetry JS, a remote sampler for Jaeger samples all traces, and its timer never ends
# claim: OpenTelemetry's remote sampler for JavaScript gets its sampling strategy from Jaeger over HTTP. Jaeger sends the type
#   of the strategy as a number, but the sampler expects a name. So the sampler ignores the strategy, and continues to use its
#   initial sampler. In the script, the initial sampler keeps everything, so every trace is kept, although Jaeger says to keep
#   none. The sampler's timer also keeps the process alive, so a Job that uses this sampler never completes.
# guess: The sampler and Jaeger use the same format, and the timer does not keep the process alive.
# versions: @opentelemetry/sampler-jaeger-remote 0.222.0, @opentelemetry/sdk-trace 2.11.0, Jaeger 2.13.0
# seen:
#   Jaeger says: type 0, rate 0
#   the sampler says: Strategy 0 not supported.
#   sampled 100 of 100
#   the process has to be killed
# date: 2026-11-29
# page: docs/explanation/sampling-across-async-hops.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.9.1,sampler-jaeger-remote@0.222.0,sdk-trace@2.11.0}
start_jaeger
cat >"$work/main.mjs" <<'JS'
import { diag } from '@opentelemetry/api';
import { JaegerRemoteSampler } from '@opentelemetry/sampler-jaeger-remote';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';

const endpoint = `${process.env.JAEGER_SAMPLING}/api`;
const { strategyType, probabilisticSampling } = await (await fetch(`${endpoint}/sampling?service=job`)).json();
console.log(`Jaeger says: type ${JSON.stringify(strategyType)}, rate ${probabilisticSampling.samplingRate}`);

// The sampler warns about the type each time it has asked.
const asked = new Promise((resolve) => {
  const log = { error() {}, warn: resolve, info() {}, debug() {}, verbose() {} };
  diag.setLogger(log);
});
const sampler = new JaegerRemoteSampler({ endpoint, serviceName: 'job', poolingInterval: 100, initialSampler: new AlwaysOnSampler() });
console.log(`the sampler says: ${await asked}`);
const tracer = new TracerProvider({ sampler }).getTracer('finding');
const sampled = Array.from({ length: 100 }, () => tracer.startSpan('work').isRecording()).filter(Boolean).length;
console.log(`sampled ${sampled} of 100`);
JS
cd "$work"
{
  ending=0
  timeout 10 node main.mjs || ending=$?
  echo "the process $( ((ending == 124)) && echo 'has to be killed' || echo 'ends')"
} | check
