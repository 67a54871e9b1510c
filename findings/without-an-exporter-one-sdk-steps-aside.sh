#!/usr/bin/env bash
# title: Without an exporter, one OpenTelemetry SDK (Java) steps aside, and passes on its caller's span id
# claim: A process without an exporter sends its spans nowhere. OpenTelemetry's SDKs for JavaScript, Python, and Go create span
#   ids even in such a process, and pass them on. The spans of the next service then have a parent that no backend has. Java's
#   SDK passes on the span id of its caller instead. If there is no caller, it passes on nothing.
# guess: Without an exporter, all four SDKs create span ids and pass them on.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0
# seen:
#   JavaScript: without a caller a new trace, with one a span of its own
#   Python: without a caller a new trace, with one a span of its own
#   Go: without a caller a new trace, with one a span of its own
#   Java: without a caller nothing, with one the caller's span
# date: 2026-11-29
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"
source "$findings/relay/relay.sh"

install_relays
parent=b7ad6b7169203331
for language in "${relays[@]}"; do
  root=$(relay "$language" EXPORTER=none TRACEPARENT= | sed -n 's/^TRACEPARENT=//p')
  child=$(relay "$language" EXPORTER=none "TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-$parent-01")
  echo "$language: without a caller $([[ $root ]] && echo 'a new trace' || echo 'nothing')," \
    "with one $([[ $child == *$parent* ]] && echo "the caller's span" || echo 'a span of its own')"
done | check
