#!/usr/bin/env bash
# title: NATS keeps the contexts of Go and JavaScript apart
# claim: The headers of NATS, a message broker, look like HTTP headers, but their names are case-sensitive. Services in Go
#   usually use OpenTelemetry's HeaderCarrier for HTTP headers, which reads and writes only the name `Traceparent`. A
#   JavaScript client reads and writes only `traceparent`. So the services of each language read only the contexts that the
#   same language wrote. Nothing is logged.
# guess: As in HTTP, the case of a header's name doesn't matter, so each language reads the context of the other.
# versions: nats-server 2.15.3, nats.go 1.55.0, otel (Go) 1.47.0, @nats-io/transport-node 3.4.0, @opentelemetry/core 3.1.1, Go 1.25 or later
# seen:
#   JavaScript to JavaScript: read
#   Go to Go: read
#   JavaScript to Go: nothing
#   Go to JavaScript: nothing (the header is named Traceparent)
# date: 2026-11-30
# page: docs/explanation/what-could-carry-it.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

command -v go >/dev/null || skip 'needs Go 1.25 or later'
install_npm @nats-io/transport-node@3.4.0 @opentelemetry/{api@1.10.0,core@3.1.1}
cat >"$work/service.go" <<'GO'
package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var propagator = propagation.TraceContext{}

func inject(message *nats.Msg) {
	active := trace.NewSpanContext(trace.SpanContextConfig{
		TraceID: trace.TraceID{1}, SpanID: trace.SpanID{1}, TraceFlags: trace.FlagsSampled,
	})
	ctx := trace.ContextWithSpanContext(context.Background(), active)
	propagator.Inject(ctx, propagation.HeaderCarrier(http.Header(message.Header)))
}

func extract(message *nats.Msg) string {
	ctx := propagator.Extract(context.Background(), propagation.HeaderCarrier(http.Header(message.Header)))
	if trace.SpanContextFromContext(ctx).IsValid() {
		return "read"
	}
	return "nothing"
}

// A server, and a service that reads a context (read), sends one (send), and sends one to itself (both).
func main() {
	broker, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT})
	if err != nil {
		panic(err)
	}
	broker.Start()
	broker.ReadyForConnections(10 * time.Second)
	connection, err := nats.Connect(broker.ClientURL())
	if err != nil {
		panic(err)
	}
	connection.Subscribe("read", func(request *nats.Msg) { request.Respond([]byte(extract(request))) })
	connection.Subscribe("send", func(request *nats.Msg) {
		answer := nats.NewMsg(request.Reply)
		inject(answer)
		connection.PublishMsg(answer)
	})
	connection.Subscribe("both", func(request *nats.Msg) {
		inner := nats.NewMsg("read")
		inject(inner)
		answer, _ := connection.RequestMsg(inner, 5*time.Second)
		request.Respond(answer.Data)
	})
	connection.Flush()
	fmt.Println(broker.ClientURL())
	broker.WaitForShutdown()
}
GO
build_go service service.go github.com/nats-io/nats-server/v2@v2.15.3 github.com/nats-io/nats.go@v1.55.0 \
  go.opentelemetry.io/otel@v1.47.0 go.opentelemetry.io/otel/trace@v1.47.0
start service "$work/service"
until_ready grep nats:// "$work/service.log"

cat >"$work/client.mjs" <<'JS'
import { connect, headers } from '@nats-io/transport-node';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const propagator = new W3CTraceContextPropagator();
const active = trace.setSpanContext(ROOT_CONTEXT, { traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 });
const carrier = { set: (to, name, value) => to.set(name, value), get: (from, name) => from.get(name) };
carrier.keys = (from) => from.keys();

function inject() {
  const carried = headers();
  propagator.inject(active, carried, carrier);
  return carried;
}
const extract = (from) =>
  trace.getSpanContext(propagator.extract(ROOT_CONTEXT, from, carrier)) ? 'read' : 'nothing';

const connection = await connect({ servers: process.argv[2] });
connection.subscribe('own', { callback: (_, message) => message.respond(extract(message.headers)) });
const ask = (subject) => connection.request(subject, '', { headers: inject(), timeout: 5000 });

console.log(`JavaScript to JavaScript: ${(await ask('own')).string()}`);
console.log(`Go to Go: ${(await ask('both')).string()}`);
console.log(`JavaScript to Go: ${(await ask('read')).string()}`);
const { headers: sent } = await ask('send');
console.log(`Go to JavaScript: ${extract(sent)} (the header is named ${sent.keys()})`);
await connection.close();
JS
cd "$work" && node client.mjs "$(grep nats:// service.log)" | check
