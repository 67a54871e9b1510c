#!/usr/bin/env bash
# title: A hop through a Python service can change baggage
# claim: In OpenTelemetry's Python SDK, a service changes baggage that it passes on. If a value has a space, Python writes a
#   plus sign instead, and the next service reads the plus sign as part of the value. If another service added a property to an
#   entry (`;source=crm`), Python makes the property part of the value.
# guess: JavaScript, Python, Go and Java write the same baggage, or can at least read each other's baggage.
# versions: JavaScript SDK 3.1.1, Python SDK 1.45.2, Go SDK 1.47.0, Java SDK 1.68.0, each with its env carrier
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
