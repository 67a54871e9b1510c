// One side of the table, with OpenTelemetry for Go: passes fields on, or reads its own environment.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"

	"go.opentelemetry.io/contrib/propagators/envcar"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

var propagator = propagation.NewCompositeTextMapPropagator(propagation.TraceContext{}, propagation.Baggage{})

type testCase struct {
	Fields  map[string]string `json:"fields"`
	Add     []string          `json:"add"`
	Baggage map[string]string `json:"baggage"`
}

type reading struct {
	Parent  string            `json:"parent"`
	State   string            `json:"state"`
	Baggage map[string]string `json:"baggage"`
}

type passed struct {
	Reading     reading           `json:"reading"`
	Document    map[string]string `json:"document"`
	Environment map[string]string `json:"environment"`
}

func read(ctx context.Context) reading {
	seen := reading{Baggage: map[string]string{}}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		seen.Parent = fmt.Sprintf("%s-%s-%02x", span.TraceID(), span.SpanID(), byte(span.TraceFlags()))
		seen.State = span.TraceState().String()
	}
	for _, member := range baggage.FromContext(ctx).Members() {
		seen.Baggage[member.Key()] = member.Value()
	}
	return seen
}

func passOn(c testCase) passed {
	ctx := propagator.Extract(context.Background(), propagation.MapCarrier(c.Fields))
	result := passed{Reading: read(ctx), Document: map[string]string{}, Environment: map[string]string{}}
	if len(c.Add) == 2 {
		span := trace.SpanContextFromContext(ctx)
		if state, err := span.TraceState().Insert(c.Add[0], c.Add[1]); err == nil {
			ctx = trace.ContextWithRemoteSpanContext(ctx, span.WithTraceState(state))
		}
	}
	for key, value := range c.Baggage {
		if member, err := baggage.NewMemberRaw(key, value); err == nil {
			if bag, err := baggage.FromContext(ctx).SetMember(member); err == nil {
				ctx = baggage.ContextWithBaggage(ctx, bag)
			}
		}
	}
	propagator.Inject(ctx, propagation.MapCarrier(result.Document))
	propagator.Inject(ctx, &envcar.Carrier{SetEnvFunc: func(key, value string) { result.Environment[key] = value }})
	return result
}

func main() {
	var answer any
	if len(os.Args) > 1 && os.Args[1] == "environment" {
		answer = read(propagator.Extract(context.Background(), &envcar.Carrier{}))
	} else {
		var cases []testCase
		if err := json.NewDecoder(os.Stdin).Decode(&cases); err != nil {
			log.Fatalln("failed to read the cases:", err)
		}
		results := []passed{}
		for _, c := range cases {
			results = append(results, passOn(c))
		}
		answer = results
	}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		log.Fatalln("failed to write the answer:", err)
	}
}
