#!/usr/bin/env bash
# title: In OpenTelemetry JS, `--import` of the hook `hook.mjs` alone does nothing: it needs `module.register`
# claim: The file `@opentelemetry/instrumentation/hook.mjs` is the hook with which OpenTelemetry JS instruments ES modules. If
#   you start Node.js with `--import @opentelemetry/instrumentation/hook.mjs`, the hook silently does nothing. In the script,
#   Express then creates no spans, and the SERVER span has no route. To enable the hook, pass the file to `module.register`.
# guess: An `--import` of the hook enables it.
# versions: @opentelemetry/instrumentation 0.300.0, instrumentation-http 0.300.0, instrumentation-express 0.72.0, express 5.3.0, Node.js 24.21
# seen:
#   --import hook.mjs:
#   GET
#   register(hook.mjs):
#   GET /orders/:id
#     request handler
# date: 2026-11-29
# page: docs/decisions/instrumentations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @opentelemetry/instrumentation-http@0.300.0 @opentelemetry/instrumentation-express@0.72.0 express@5.3.0
cat >"$work/telemetry.mjs" <<'JS'
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { instrument } from './tracing.mjs';

instrument(new HttpInstrumentation(), new ExpressInstrumentation());
JS
cat >"$work/register.mjs" <<'JS'
import { register } from 'node:module';

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
JS
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import express from 'express';
import { draw } from './tracing.mjs';

const app = express();
app.get('/orders/:id', (_request, response) => response.send('ok'));
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
await (await fetch(`http://127.0.0.1:${server.address().port}/orders/1`)).text();
server.close();
server.closeAllConnections();
await once(server, 'close');
console.log(draw());
JS
cd "$work"
{
  echo '--import hook.mjs:'
  node --import @opentelemetry/instrumentation/hook.mjs --import ./telemetry.mjs main.mjs
  echo 'register(hook.mjs):'
  node --import ./register.mjs --import ./telemetry.mjs main.mjs
} | check
