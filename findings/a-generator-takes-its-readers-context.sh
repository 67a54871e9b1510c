#!/usr/bin/env bash
# title: In Node.js, a generator takes its reader's context
# claim: In Node.js, the code of an async generator runs in the context of its reader, the code that asks for the next value.
#   It does not run in the context in which you created the generator. So if a generator fetches messages, the spans of a
#   fetch are children of the reader's span. If a second reader asks before the first reader has its value, both values are
#   created in the first reader's context.
# guess: A generator keeps the context in which it was created, as a timer does.
# versions: Node.js 24.21 (AsyncLocalStorage, which OpenTelemetry's context manager uses)
# seen:
#   one after the other: first reader, second reader
#   at once: first reader, first reader
# date: 2026-11-29
# page: docs/explanation/why-context-breaks.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_npm @opentelemetry/{api@1.10.0,context-async-hooks@3.1.1}
cat >"$work/main.mjs" <<'JS'
import { setImmediate } from 'node:timers/promises';
import { context, createContextKey, ROOT_CONTEXT } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const who = createContextKey('who');
const as = (name, work) => context.with(ROOT_CONTEXT.setValue(who, name), work);

async function* messages() {
  for (;;) {
    await setImmediate();
    yield context.active().getValue(who);
  }
}
const inTurn = as('opener', messages);
const first = await as('first reader', () => inTurn.next());
const second = await as('second reader', () => inTurn.next());
console.log(`one after the other: ${first.value}, ${second.value}`);

const atOnce = as('opener', messages);
const both = await Promise.all([as('first reader', () => atOnce.next()), as('second reader', () => atOnce.next())]);
console.log(`at once: ${both.map(({ value }) => value).join(', ')}`);
JS
cd "$work" && node main.mjs | check
