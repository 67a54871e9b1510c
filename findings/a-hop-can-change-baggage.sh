#!/usr/bin/env bash
# title: A hop through a Python service can change baggage
# claim: Baggage is a list of entries such as `city=New%20York`. If the value of an entry has a space (`%20`), a service with
#   OpenTelemetry's Python SDK replaces the space with a plus sign. A JavaScript service that comes next reads the plus sign as
#   part of the value. An entry can also have properties, as in `tier=gold;source=crm`. The Python SDK makes the property part
#   of the value. The SDKs for JavaScript, Go, and Java pass on both example entries unchanged.
# guess: All four languages pass on baggage unchanged.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0
# seen:
#   JavaScript: city=New%20York tier=gold;source=crm
#     and JavaScript behind it: city=New%20York tier=gold;source=crm
#   Python: city=New+York tier=gold%3Bsource%3Dcrm
#     and JavaScript behind it: city=New%2BYork tier=gold%3Bsource%3Dcrm
#   Go: city=New%20York tier=gold;source=crm
#     and JavaScript behind it: city=New%20York tier=gold;source=crm
#   Java: city=New%20York tier=gold;source=crm
#     and JavaScript behind it: city=New%20York tier=gold;source=crm
# date: 2026-11-29
# page: docs/explanation/trust-and-baggage.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"
source "$findings/relay/relay.sh"

install_relays
baggage() { sed -n 's/^BAGGAGE=//p' | tr ',' '\n' | sort | paste -sd ' '; }
for language in "${relays[@]}"; do
  after=$(relay "$language" 'BAGGAGE=city=New%20York,tier=gold;source=crm' | baggage)
  echo "$language: $after"
  echo "  and JavaScript behind it: $(relay JavaScript "BAGGAGE=${after// /,}" | baggage)"
done | check
