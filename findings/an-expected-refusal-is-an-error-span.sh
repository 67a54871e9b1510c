#!/usr/bin/env bash
# title: In Express, an expected refusal such as 404 is an error span
# claim: If a handler in Express 5 rejects with an error whose `status` is 404, the answer is 404, and OpenTelemetry's
#   instrumentation gives the handler's span the status ERROR. The SERVER span of the request does not get this status. So a
#   search for error spans finds every request for an order that doesn't exist. If a body isn't JSON, `express.json()` refuses
#   the request, and the span of the JSON parser has the status ERROR. The SERVER span of such a request has no route.
# guess: An answer below 500 is not an error in any span of the server.
# versions: express 5.3.0, @opentelemetry/instrumentation-http 0.300.0, @opentelemetry/instrumentation-express 0.72.0
# seen:
#   no such order: 404
#   GET /orders/:id | UNSET | /orders/:id
#     middleware - jsonParser | UNSET | no route
#     request handler | ERROR | /orders/:id
#   not JSON: 400
#   POST | UNSET | no route
#     middleware - jsonParser | ERROR | no route
# date: 2026-11-29
# page: docs/reference/spans-and-attributes.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @opentelemetry/instrumentation-http@0.300.0 @opentelemetry/instrumentation-express@0.72.0 express@5.3.0
cat >"$work/main.mjs" <<'JS'
import { once } from 'node:events';
import { register } from 'node:module';
import { SpanStatusCode } from '@opentelemetry/api';
import { ExpressInstrumentation } from '@opentelemetry/instrumentation-express';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { draw, exporter, instrument } from './tracing.mjs';

register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);
instrument(new HttpInstrumentation(), new ExpressInstrumentation());
const { default: express } = await import('express');

const app = express();
app.use(express.json());
app.all('/orders/:id', async () => Promise.reject(Object.assign(new Error('no such order'), { status: 404 })));
app.use((error, _request, response, _next) => response.status(error.status).end());
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
const url = `http://127.0.0.1:${server.address().port}/orders/1`;
const requests = { 'no such order': {}, 'not JSON': { method: 'POST', headers: { 'content-type': 'application/json' }, body: 'order' } };

for (const [name, request] of Object.entries(requests)) {
  const answered = once(server, 'request').then(([, response]) => once(response, 'close'));
  const { status } = await fetch(url, request);
  await answered;
  const line = ({ status: { code }, attributes }) => ` | ${SpanStatusCode[code]} | ${attributes['http.route'] ?? 'no route'}`;
  console.log(`${name}: ${status}\n${draw(line)}`);
  exporter.reset();
}
server.close();
server.closeAllConnections();
JS
cd "$work" && node main.mjs | check
