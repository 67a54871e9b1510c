#!/usr/bin/env bash
# title: In OpenTelemetry JS, the root context exists twice: once for `import`, and once for `require`
# claim: `ROOT_CONTEXT` of OpenTelemetry's API for JavaScript is the empty context. One copy of API 1.10 has two of these
#   values: one for `import` and one for `require`. If the SDK imports the API and a library requires it, or the reverse,
#   `context.active() === ROOT_CONTEXT` is always false in the library. So a library must not use this comparison to check
#   whether a context is active. The library still finds the spans and the baggage of the active context.
# guess: One installed copy has one `ROOT_CONTEXT`, for `import` and `require`, as with API 1.9.
# versions: @opentelemetry/api 1.9.1 and 1.10.0, @opentelemetry/context-async-hooks 3.1.1, Node.js 24.21
# seen:
#   API 1.9.1: one ROOT_CONTEXT true
#   API 1.10.0: one ROOT_CONTEXT false
#   no SDK:
#     imported library: active() === ROOT_CONTEXT true, sees a value of the program false
#     required library: active() === ROOT_CONTEXT true, sees a value of the program false
#   an SDK by import:
#     imported library: active() === ROOT_CONTEXT true, sees a value of the program true
#     required library: active() === ROOT_CONTEXT false, sees a value of the program true
#   an SDK by require:
#     imported library: active() === ROOT_CONTEXT false, sees a value of the program true
#     required library: active() === ROOT_CONTEXT true, sees a value of the program true
# date: 2026-11-29
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,context-async-hooks@3.1.1} api-{1.9.1@npm:@opentelemetry/api@1.9.1,1.10.0@npm:@opentelemetry/api@1.10.0}
cat >"$work/copies.mjs" <<'JS'
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
for (const version of ['1.9.1', '1.10.0']) {
  const imported = await import(`api-${version}`);
  const required = require(`api-${version}`);
  console.log(`API ${version}: one ROOT_CONTEXT ${imported.ROOT_CONTEXT === required.ROOT_CONTEXT}`);
}
JS
cat >"$work/main.mjs" <<'JS'
import { createRequire } from 'node:module';

const load = { import: (name) => import(name), require: createRequire(import.meta.url) };
const how = process.argv[2];
const libraries = { imported: await load.import('@opentelemetry/api'), required: load.require('@opentelemetry/api') };
if (how) {
  const { context } = await load[how]('@opentelemetry/api');
  const { AsyncLocalStorageContextManager } = await load[how]('@opentelemetry/context-async-hooks');
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
}
const { context, createContextKey, ROOT_CONTEXT } = libraries.imported;
const key = createContextKey('key');
console.log(how ? `an SDK by ${how}:` : 'no SDK:');
for (const [library, api] of Object.entries(libraries)) {
  const atTheRoot = api.context.active() === api.ROOT_CONTEXT;
  const sees = context.with(ROOT_CONTEXT.setValue(key, true), () => api.context.active().getValue(key) ?? false);
  console.log(`  ${library} library: active() === ROOT_CONTEXT ${atTheRoot}, sees a value of the program ${sees}`);
}
JS
cd "$work" && { node copies.mjs; node main.mjs; node main.mjs import; node main.mjs require; } | check
