#!/usr/bin/env bash
# claim: A value of baggage with a space leaves Python with a plus, which the next hop keeps as a plus. What another service
#   wrote as a property of an entry (`;source=crm`) becomes part of its value.
# guess: The four write the same baggage, or at least read each other's.
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
