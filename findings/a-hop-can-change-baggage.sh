#!/usr/bin/env bash
# claim: If a baggage value has a space, Python writes the space as a plus sign, and the next service reads a plus sign. If
#   another service added a property to an entry (`;source=crm`), Python makes the property part of the value.
# guess: JavaScript, Python, Go and Java write the same baggage, or can at least read what the others write.
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
