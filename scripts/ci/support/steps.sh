# Shared by all steps: each starts with `. "${0%/*}/support/steps.sh"`.
set -euo pipefail
cd "${BASH_SOURCE[0]%/*}/../../.."
PATH=$PWD/node_modules/.bin:$PATH
# The folder for programs that the steps build or download. Git ignores it.
tools=$PWD/.local/ci

step() { printf '\n━━ %s\n' "$*"; SECONDS=0; "$@" || return; printf '━━ done in %s s\n' "$SECONDS"; }
# Retries once. For tests that wait for browsers, clusters, or many processes: a shared machine may be slow for a moment.
again() { step "$@" || { printf '\n━━ once more\n'; step "$@"; }; }
# Reports a skipped part, because a machine doesn't need every program. GitHub's runners have all, so the workflows set NOTHING_LEFT_OUT.
left_out() {
  printf '\n━━ left out: %s\n' "$*"
  [ -z "${NOTHING_LEFT_OUT:-}" ] || { printf 'NOTHING_LEFT_OUT is set, so this fails.\n' >&2; exit 1; }
}

has() { command -v "$1" >/dev/null 2>&1; }
has_docker() { docker version >/dev/null 2>&1; }
