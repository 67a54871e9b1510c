# shellcheck shell=bash
# Sourced where Docker answers, in the root of the project. Of an image in .env that can't be had here, another version is taken that is
# here, and it says so: the shell's environment wins over .env.
image_here() {
  local name=$1 wanted here
  wanted=$(sed -n "s/^$name=//p" .env)
  [ -z "${!name:-}" ] || return 0
  docker image inspect "$wanted" >/dev/null 2>&1 || docker pull --quiet "$wanted" >/dev/null 2>&1 && return 0
  here=$(docker image ls --format '{{.Repository}}:{{.Tag}}' "${wanted%:*}" | grep -v ':latest$' | head -n 1 || true)
  [ -n "$here" ] || return 0
  export "$name=$here"
  printf '\n━━ %s: can not get %s, takes %s\n' "$name" "$wanted" "$here"
}
image_here K3S_IMAGE
image_here PAUSE_IMAGE
