#!/usr/bin/env bash
# title: In River, a job gets no baggage from the global propagator
# claim: River is a job queue for Go on PostgreSQL. With `EnableTracePropagation`, its OpenTelemetry middleware writes the
#   context into the metadata of the job, and the worker's span links to the sender's span. For this, the middleware always
#   uses W3C's Trace Context, and not the propagator that you set with `otel.SetTextMapPropagator`. So the worker gets no
#   baggage, although the same process sends it in HTTP requests. No error or log message says so.
# guess: The middleware injects and extracts with the global propagator, as OpenTelemetry's own instrumentations do.
# versions: river 0.41.0, otelriver 0.12.0, Go SDK 1.47.0, PostgreSQL 15
# seen:
#   an HTTP request would carry the baggage: "tenant=gold"
#   the job gets the baggage: ""
#   span river.insert_many, links to 0
#   span river.work, links to 1
# date: 2026-12-01
# page: docs/explanation/what-others-do.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

command -v go >/dev/null || skip 'needs Go 1.25 or later'
cat >"$work/main.go" <<'GO'
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"
	"github.com/riverqueue/rivercontrib/otelriver"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

type receipt struct{}

func (receipt) Kind() string { return "receipt" }

type worker struct {
	river.WorkerDefaults[receipt]
	done chan string
}

func (w *worker) Work(ctx context.Context, job *river.Job[receipt]) error {
	w.done <- baggage.FromContext(ctx).String()
	return nil
}

func try[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	ctx := context.Background()
	recorder := tracetest.NewSpanRecorder()
	otel.SetTracerProvider(trace.NewTracerProvider(trace.WithSpanProcessor(recorder)))
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))

	pool := try(pgxpool.New(ctx, os.Getenv("DATABASE_URL")))
	driver := riverpgxv5.New(pool)
	quiet := slog.New(slog.DiscardHandler)
	try(try(rivermigrate.New[pgx.Tx](driver, &rivermigrate.Config{Logger: quiet})).Migrate(ctx, rivermigrate.DirectionUp, nil))
	receipts := &worker{done: make(chan string)}
	workers := river.NewWorkers()
	river.AddWorker(workers, receipts)
	client := try(river.NewClient(driver, &river.Config{
		Logger:     quiet,
		Middleware: []rivertype.Middleware{otelriver.NewMiddleware(&otelriver.MiddlewareConfig{EnableTracePropagation: true})},
		Queues:     map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 1}},
		Workers:    workers,
	}))
	if err := client.Start(ctx); err != nil {
		panic(err)
	}

	sent := baggage.ContextWithBaggage(ctx, try(baggage.Parse("tenant=gold")))
	carrier := propagation.MapCarrier{}
	otel.GetTextMapPropagator().Inject(sent, carrier)
	fmt.Printf("an HTTP request would carry the baggage: %q\n", carrier.Get("baggage"))
	try(client.Insert(sent, receipt{}, nil))
	fmt.Printf("the job gets the baggage: %q\n", <-receipts.done)
	if err := client.Stop(ctx); err != nil {
		panic(err)
	}
	for _, span := range recorder.Ended() {
		fmt.Printf("span %s, links to %d\n", span.Name(), len(span.Links()))
	}
}
GO
build_go main main.go github.com/riverqueue/river@v0.41.0 github.com/riverqueue/river/riverdriver/riverpgxv5@v0.41.0 \
  github.com/riverqueue/rivercontrib/otelriver@v0.12.0 go.opentelemetry.io/otel/sdk@v1.47.0
start_postgres
"$work/main" | check
