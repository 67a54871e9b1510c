# What the steps share: `. "${0%/*}/support/steps.sh"` at the top of each.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../../.."
PATH=$PWD/node_modules/.bin:$PATH
# Programs that the steps build or download, out of Git.
tools=$PWD/.local/ci

step() { printf '\n━━ %s\n' "$*"; SECONDS=0; "$@" || return; printf '━━ done in %s s\n' "$SECONDS"; }
# Where tests wait for browsers, clusters and systems of many processes: a slow moment of a shared machine passes, what is broken fails twice.
again() { step "$@" || { printf '\n━━ once more\n'; step "$@"; }; }
# A machine need not have everything. The public runners have it: there the workflows set NOTHING_LEFT_OUT.
left_out() {
  printf '\n━━ left out: %s\n' "$*"
  [ -z "${NOTHING_LEFT_OUT:-}" ] || { printf 'NOTHING_LEFT_OUT is set, so this fails.\n' >&2; exit 1; }
}

has() { command -v "$1" >/dev/null 2>&1; }
has_docker() { docker version >/dev/null 2>&1; }
