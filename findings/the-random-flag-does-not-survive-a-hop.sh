#!/usr/bin/env bash
# title: The random flag does not survive a hop through JavaScript
# claim: In a `traceparent`, the random flag says that the trace id is random. OpenTelemetry's SDK for JavaScript creates
#   random trace ids, but doesn't set the flag. It also clears the flag of a caller: if a caller's `traceparent` ends in `-03`,
#   the `traceparent` of the SDK ends in `-01`. Python and Java set the flag, and Go passes it on. Some samplers decide by the
#   trace id, but only if the flag is set. They can't do so if the trace has passed a JavaScript service.
# guess: In each SDK, a root has the flag, and a child has the flags of its parent.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0
# seen:
#   JavaScript: a root has 01, a child of 03 has 01
#   Python: a root has 03, a child of 03 has 03
#   Go: a root has 01, a child of 03 has 03
#   Java: a root has 03, a child of 03 has 03
# date: 2026-11-29
# page: docs/reference/w3c-differences.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"
source "$findings/relay/relay.sh"

install_relays
flags() { sed -n 's/^TRACEPARENT=.*-//p'; }
for language in "${relays[@]}"; do
  root=$(relay "$language" TRACEPARENT= | flags)
  child=$(relay "$language" TRACEPARENT=00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-03 | flags)
  echo "$language: a root has $root, a child of 03 has $child"
done | check
