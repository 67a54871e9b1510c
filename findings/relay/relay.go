// One hop in Go: extracts from the environment, starts a span, injects, and prints what a child process would get.
package main

import (
	"context"
	"fmt"
	"os"

	"go.opentelemetry.io/contrib/propagators/envcar"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
)

func main() {
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(error) {}))
	var options []sdk.TracerProviderOption
	if os.Getenv("EXPORTER") != "none" {
		options = append(options, sdk.WithSyncer(tracetest.NewInMemoryExporter()))
	}
	propagator := propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})
	parent := propagator.Extract(context.Background(), &envcar.Carrier{})
	ctx, _ := sdk.NewTracerProvider(options...).Tracer("relay").Start(parent, "relay")
	child := map[string]string{}
	propagator.Inject(ctx, &envcar.Carrier{SetEnvFunc: func(key, value string) { child[key] = value }})
	for _, name := range []string{"TRACEPARENT", "TRACESTATE", "BAGGAGE"} {
		fmt.Printf("%s=%s\n", name, child[name])
	}
}
