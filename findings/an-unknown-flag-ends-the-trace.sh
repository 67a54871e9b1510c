#!/usr/bin/env bash
# title: In Go, an unknown trace flag ends the trace
# claim: The first part of a `traceparent` is its version, and the last part has flags. If the version is 00, OpenTelemetry's
#   Go SDK refuses a `traceparent` with a flag that W3C does not define. It starts a new trace without the caller's
#   tracestate. JavaScript, Python, and Java continue the trace. Go also continues the trace if the version is 01. W3C may
#   define another flag for version 00, as it did with the random flag. If it does, each Go service breaks the traces that
#   have the new flag, until you update its SDK.
# guess: Each SDK clears an unknown flag and keeps the rest.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0
# seen:
#   JavaScript: 00 with flags 03: the caller's trace, tracestate vendor=1
#   JavaScript: 00 with flags 05: the caller's trace, tracestate vendor=1
#   JavaScript: 01 with flags 05: the caller's trace, tracestate vendor=1
#   Python: 00 with flags 03: the caller's trace, tracestate vendor=1
#   Python: 00 with flags 05: the caller's trace, tracestate vendor=1
#   Python: 01 with flags 05: the caller's trace, tracestate vendor=1
#   Go: 00 with flags 03: the caller's trace, tracestate vendor=1
#   Go: 00 with flags 05: another trace, no tracestate
#   Go: 01 with flags 05: the caller's trace, tracestate vendor=1
#   Java: 00 with flags 03: the caller's trace, tracestate vendor=1
#   Java: 00 with flags 05: the caller's trace, tracestate vendor=1
#   Java: 01 with flags 05: the caller's trace, tracestate vendor=1
# date: 2026-11-29
# page: docs/reference/w3c-differences.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"
source "$findings/relay/relay.sh"

install_relays
ids=0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331
for language in "${relays[@]}"; do
  for parent in "00-$ids-03" "00-$ids-05" "01-$ids-05"; do
    child=$(relay "$language" "TRACEPARENT=$parent" TRACESTATE=vendor=1)
    trace=another
    if grep -q "^TRACEPARENT=..-${ids%-*}-" <<<"$child"; then trace=the; fi
    echo "$language: ${parent%%-*} with flags ${parent##*-}: $trace trace, tracestate $(sed -n 's/^TRACESTATE=//p' <<<"$child")"
  done
done | sed "s/the trace/the caller's trace/; s/tracestate $/no tracestate/" | check
