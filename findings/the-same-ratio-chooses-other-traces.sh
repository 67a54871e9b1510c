#!/usr/bin/env bash
# title: In JavaScript, a sampler with the same ratio chooses other traces than in Python and Go
# claim: OpenTelemetry's sampler `TraceIdRatioBased(0.5)` keeps half of all traces. It keeps the same traces in Python and Go,
#   but different traces in JavaScript. If each service decides with this sampler, the JavaScript services often decide
#   differently from the Python and Go services. Then only a part of a trace is kept.
# guess: The decision depends only on the trace id and the ratio, and is the same in every language.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0
# seen:
#   Python and Go agree on 1000 of 1000 traces
#   JavaScript and Go agree on 482 of 1000 traces
# date: 2026-11-29
# page: docs/explanation/sampling-across-async-hops.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

command -v go >/dev/null || skip 'needs Go 1.25 or later'
install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1}
install_python opentelemetry-sdk==1.45.2
cat >"$work/ids.mjs" <<'JS'
import { createHash } from 'node:crypto';

const id = (number) => createHash('sha256').update(String(number)).digest('hex').slice(0, 32);
console.log(Array.from({ length: 1000 }, (_, number) => id(number)).join('\n'));
JS
cat >"$work/decide.mjs" <<'JS'
import { readFileSync } from 'node:fs';
import { SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace';

const sampler = new TraceIdRatioBasedSampler(0.5);
for (const id of readFileSync(0, 'utf8').trim().split('\n')) {
  console.log(sampler.shouldSample(undefined, id).decision === SamplingDecision.RECORD_AND_SAMPLED);
}
JS
cat >"$work/decide.py" <<'PY'
import sys

from opentelemetry.sdk.trace.sampling import TraceIdRatioBased

sampler = TraceIdRatioBased(0.5)
for line in sys.stdin:
    print(str(sampler.should_sample(None, int(line, 16), "span").decision.is_sampled()).lower())
PY
cat >"$work/decide.go" <<'GO'
package main

import (
	"bufio"
	"fmt"
	"os"

	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

func main() {
	sampler := sdk.TraceIDRatioBased(0.5)
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		id, _ := trace.TraceIDFromHex(lines.Text())
		result := sampler.ShouldSample(sdk.SamplingParameters{TraceID: id})
		fmt.Println(result.Decision == sdk.RecordAndSample)
	}
}
GO
build_go decide decide.go go.opentelemetry.io/otel/sdk@v1.47.0
cd "$work"
node ids.mjs >ids
node decide.mjs <ids >javascript
python/bin/python decide.py <ids >python.decisions
./decide <ids >go.decisions
agree() { paste "$1" "$2" | awk '$1 == $2' | wc -l; }
{
  echo "Python and Go agree on $(agree python.decisions go.decisions) of 1000 traces"
  echo "JavaScript and Go agree on $(agree javascript go.decisions) of 1000 traces"
} | check
