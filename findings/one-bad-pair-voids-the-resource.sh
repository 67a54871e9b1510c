#!/usr/bin/env bash
# title: In Node.js, one bad pair in `OTEL_RESOURCE_ATTRIBUTES` voids the resource attributes
# claim: The variable `OTEL_RESOURCE_ATTRIBUTES` is a list of `key=value` pairs, which an SDK adds to all spans of the process.
#   In a pod, the list often contains the name and uid of the Job. If one value contains an equals sign, OpenTelemetry JS
#   ignores the whole variable, so the spans lack all these attributes. Python and Go keep every pair.
# guess: The value starts after the first equals sign. At worst, only that pair is dropped.
# versions: @opentelemetry/resources 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0
# seen:
#   JavaScript: nothing
#   Python: k8s.job.name: report, rollout: color=blue
#   Go: k8s.job.name: report, rollout: color=blue
# date: 2026-11-29
# page: docs/reference/environment-variables.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

command -v go >/dev/null || skip 'needs Go 1.25 or later'
install_npm @opentelemetry/{api@1.10.0,resources@3.1.1}
install_python opentelemetry-sdk==1.45.2
cat >"$work/main.mjs" <<'JS'
import { detectResources, envDetector } from '@opentelemetry/resources';

const { attributes } = detectResources({ detectors: [envDetector] });
console.log(`JavaScript: ${Object.entries(attributes).map(([key, value]) => `${key}: ${value}`).join(', ') || 'nothing'}`);
JS
cat >"$work/main.py" <<'PY'
from opentelemetry.sdk.resources import OTELResourceDetector

attributes = OTELResourceDetector().detect().attributes
print("Python:", ", ".join(f"{key}: {value}" for key, value in attributes.items()))
PY
cat >"$work/resource.go" <<'GO'
package main

import (
	"context"
	"fmt"
	"strings"

	"go.opentelemetry.io/otel/sdk/resource"
)

func main() {
	found, _ := resource.New(context.Background(), resource.WithFromEnv())
	var pairs []string
	for _, pair := range found.Attributes() {
		pairs = append(pairs, fmt.Sprintf("%s: %s", pair.Key, pair.Value.AsString()))
	}
	fmt.Println("Go:", strings.Join(pairs, ", "))
}
GO
build_go resource resource.go go.opentelemetry.io/otel/sdk@v1.47.0
export OTEL_RESOURCE_ATTRIBUTES=k8s.job.name=report,rollout=color=blue
cd "$work" && { node main.mjs; python/bin/python main.py; ./resource; } | check
