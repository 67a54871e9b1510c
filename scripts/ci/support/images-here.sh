# shellcheck shell=bash
# Source it in the root folder of the project, while Docker is running. If an image in .env can't be pulled, it sets the variable to another
# version that Docker has, and prints this. The shell's environment takes precedence over .env.
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
