package main

import (
	"context"
	"log"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
)

// The end of a job is somebody's wait: a collector that is away may not hold it for longer.
const flushBudget = 2 * time.Second

// startTracing sets the SDK up by OpenTelemetry's own variables: OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT,
// OTEL_RESOURCE_ATTRIBUTES. What it returns delivers the last spans; call it before the process ends.
func startTracing(ctx context.Context) (shutdown func(), err error) {
	// Without this line Go extracts nothing: its default propagator does nothing.
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return func() {}, err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	otel.SetTracerProvider(provider)
	return func() {
		// Not ctx: it is cancelled by SIGTERM, and that is when spans must leave.
		budget, cancel := context.WithTimeout(context.Background(), flushBudget)
		defer cancel()
		if err := provider.Shutdown(budget); err != nil {
			log.Println("the last spans may be lost:", err)
		}
	}, nil
}
