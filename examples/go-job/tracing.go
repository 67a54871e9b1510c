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

// flushBudget limits how long an unavailable collector can delay the end of the job.
const flushBudget = 2 * time.Second

// startTracing sets up the SDK from OpenTelemetry's own variables: OTEL_SERVICE_NAME, OTEL_EXPORTER_OTLP_ENDPOINT,
// OTEL_RESOURCE_ATTRIBUTES. The returned function exports the last spans. Call it before the process ends.
func startTracing(ctx context.Context) (shutdown func(), err error) {
	// Without this line, Go extracts nothing, because the default propagator is a no-op.
	otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{}))
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return func() {}, err
	}
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter))
	otel.SetTracerProvider(provider)
	return func() {
		// Not ctx, because SIGTERM cancels it, and the last spans must be exported even then.
		budget, cancel := context.WithTimeout(context.Background(), flushBudget)
		defer cancel()
		if err := provider.Shutdown(budget); err != nil {
			log.Println("the last spans may be lost:", err)
		}
	}, nil
}
