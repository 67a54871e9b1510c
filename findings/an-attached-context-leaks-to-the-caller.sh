#!/usr/bin/env bash
# title: In OpenTelemetry JS, an attached context leaks to the caller
# claim: In OpenTelemetry's API 1.10 for JavaScript, the function `context.attach()` makes a context active. It returns an
#   object that you dispose to restore the previous context. If an async function attaches a context before its first `await`,
#   the context is also active in the function's caller. If the function disposes the object after that `await`, only the
#   function gets its previous context back, and the caller keeps the attached context. The order in which you dispose matters
#   too. If you attach two contexts and dispose the first context before the second, the first context stays active.
# guess: A context that a function attaches is active only in the function. After all disposes, the context is what it was
#   before.
# versions: @opentelemetry/api 1.10.0, @opentelemetry/context-async-hooks 3.1.1, Node.js 24.21
# seen:
#   callee, after its dispose: caller
#   caller, after the callee: callee
#   two disposed in the order of their attach: first
# date: 2026-11-29
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,context-async-hooks@3.1.1}
cat >"$work/main.mjs" <<'JS'
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const who = createContextKey('who');
const of = (name) => ROOT_CONTEXT.setValue(who, name);
const active = () => context.active().getValue(who);

async function callee() {
  const attached = context.attach(of('callee'));
  await null;
  attached.dispose();
  console.log(`callee, after its dispose: ${active()}`);
}
await context.with(of('caller'), async () => {
  await callee();
  console.log(`caller, after the callee: ${active()}`);
});
context.with(of('caller'), () => {
  const first = context.attach(of('first'));
  const second = context.attach(of('second'));
  first.dispose();
  second.dispose();
  console.log(`two disposed in the order of their attach: ${active()}`);
});
JS
cd "$work" && node main.mjs | check
