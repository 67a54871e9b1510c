#!/usr/bin/env bash
# title: What becomes of a broken tracestate depends on the language
# claim: A tracestate is a list of `key=value` pairs (members) that travels with the context. It may have at most 32 pairs,
#   each with a different key. If it has 33 pairs, or the same key twice, OpenTelemetry's SDK for JavaScript removes one pair
#   and passes on the others. The SDKs for Python, Go, and Java drop the whole tracestate. In the output, the list with 3
#   members has the same key twice.
# guess: All four SDKs drop only the surplus pair and keep the others.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0
# seen:
#   JavaScript: 32 members become 32
#   JavaScript: 33 members become 32
#   JavaScript: 3 members become 2
#   Python: 32 members become 32
#   Python: 33 members become 0
#   Python: 3 members become 0
#   Go: 32 members become 32
#   Go: 33 members become 0
#   Go: 3 members become 0
#   Java: 32 members become 32
#   Java: 33 members become 0
#   Java: 3 members become 0
# date: 2026-11-29
# page: docs/reference/w3c-differences.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"
source "$findings/relay/relay.sh"

install_relays
TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
members() { seq -s, 1 "$1" | sed 's/\([0-9]*\)/v\1=\1/g'; }
for language in "${relays[@]}"; do
  for tracestate in "$(members 32)" "$(members 33)" a=1,b=2,a=3; do
    after=$(relay "$language" TRACEPARENT=$TRACEPARENT "TRACESTATE=$tracestate" | sed -n 's/^TRACESTATE=//p')
    count() { tr ',' '\n' <<<"$1" | grep -c . || true; }
    echo "$language: $(count "$tracestate") members become $(count "$after")"
  done
done | check
