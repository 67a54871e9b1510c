#!/bin/sh
# Installs the production dependencies of the given workspaces. Deletes files that no running program reads, such as tests, types, and
# source maps, but keeps the licenses.
set -eu
workspaces=
for name in "$@"; do workspaces="$workspaces --workspace $name"; done
# `--prefer-offline` reuses what an earlier target has downloaded.
# shellcheck disable=SC2086 # one word for each part
npm ci --omit=dev --ignore-scripts --prefer-offline --no-audit --no-fund $workspaces
swagger=node_modules/swagger-ui-dist
if [ -d "$swagger" ]; then
  find "$swagger" -type f ! -name package.json ! -name swagger-ui.css ! -name 'swagger-ui-bundle.js*' ! -name LICENSE ! -name NOTICE -delete
fi
find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.test.*' \) -delete
