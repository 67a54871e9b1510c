// Package conformance runs the cases with OpenTelemetry for Go: `go test`.
package conformance

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.opentelemetry.io/contrib/propagators/envcar"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

const implementation = "opentelemetry-go"

var propagators = map[string]propagation.TextMapPropagator{
	"tracecontext": propagation.TraceContext{},
	"baggage":      propagation.Baggage{},
}

type outcome struct {
	Reads  map[string]any `json:"reads"`
	Writes map[string]any `json:"writes"`
}

type testCase struct {
	Name        string
	Carrier     string
	Propagators []string
	Input       struct {
		Fields          map[string]string
		AddToTracestate []string
		SetBaggage      map[string]string
	}
	Expected []outcome
}

type difference struct {
	Implementation, Version, Case string
	Got                           outcome
}

func load(t *testing.T, name string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// carriers returns the carrier to extract from, the carrier to inject into, and the fields that were injected.
func carriers(t *testing.T, c testCase) (from, to propagation.TextMapCarrier, written map[string]string) {
	written = map[string]string{}
	if c.Carrier == "map" {
		return propagation.MapCarrier(c.Input.Fields), propagation.MapCarrier(written), written
	}
	for name, value := range c.Input.Fields {
		t.Setenv(name, value)
	}
	set := func(name, value string) { written[name] = value }
	return &envcar.Carrier{}, &envcar.Carrier{SetEnvFunc: set}, written
}

func reading(ctx context.Context) map[string]any {
	seen := map[string]any{}
	if span := trace.SpanContextFromContext(ctx); span.IsValid() {
		seen["traceId"] = span.TraceID().String()
		seen["spanId"] = span.SpanID().String()
		seen["flags"] = fmt.Sprintf("%02x", byte(span.TraceFlags()))
		if state := span.TraceState().String(); state != "" {
			seen["tracestate"] = state
		}
	}
	entries := map[string]any{}
	for _, member := range baggage.FromContext(ctx).Members() {
		entries[member.Key()] = member.Value()
	}
	if len(entries) > 0 {
		seen["baggage"] = entries
	}
	return seen
}

func writing(written map[string]string) map[string]any {
	wrote := map[string]any{}
	for name, value := range written {
		switch {
		case value == "":
		case strings.EqualFold(name, "baggage"):
			entries := map[string]any{}
			for _, member := range strings.Split(value, ",") {
				key, text, _ := strings.Cut(strings.TrimSpace(member), "=")
				if decoded, err := url.PathUnescape(text); err == nil {
					text = decoded
				}
				entries[key] = text
			}
			wrote[name] = entries
		default:
			wrote[name] = value
		}
	}
	return wrote
}

func run(t *testing.T, c testCase) outcome {
	chosen := []propagation.TextMapPropagator{}
	for _, name := range c.Propagators {
		chosen = append(chosen, propagators[name])
	}
	propagator := propagation.NewCompositeTextMapPropagator(chosen...)
	from, to, written := carriers(t, c)
	ctx := propagator.Extract(context.Background(), from)
	seen := reading(ctx)
	if add := c.Input.AddToTracestate; add != nil {
		span := trace.SpanContextFromContext(ctx)
		state, err := span.TraceState().Insert(add[0], add[1])
		if err != nil {
			t.Fatal(err)
		}
		ctx = trace.ContextWithRemoteSpanContext(ctx, span.WithTraceState(state))
	}
	for key, value := range c.Input.SetBaggage {
		member, err := baggage.NewMemberRaw(key, value)
		if err != nil {
			t.Fatal(err)
		}
		bag, err := baggage.FromContext(ctx).SetMember(member)
		if err != nil {
			t.Fatal(err)
		}
		ctx = baggage.ContextWithBaggage(ctx, bag)
	}
	propagator.Inject(ctx, to)
	return outcome{Reads: seen, Writes: writing(written)}
}

func TestCases(t *testing.T) {
	var table struct{ Cases []testCase }
	var noted struct{ Differences []difference }
	load(t, "cases.json", &table)
	load(t, "differences.json", &noted)
	rows := map[string]difference{}
	for _, row := range noted.Differences {
		if row.Implementation == implementation {
			rows[row.Case] = row
		}
	}
	count := len(rows)
	for _, c := range table.Cases {
		t.Run(c.Name, func(t *testing.T) {
			got := run(t, c)
			same := func(expected outcome) bool { return reflect.DeepEqual(got, expected) }
			asExpected := slices.ContainsFunc(c.Expected, same)
			text, _ := json.Marshal(got)
			row, isNoted := rows[c.Name]
			switch {
			case !isNoted && !asExpected:
				t.Errorf("not expected, got %s", text)
			case isNoted && asExpected:
				t.Error("as expected now: take the difference out")
			case isNoted && (!same(row.Got) || row.Version != otel.Version()):
				t.Errorf("not the difference that is noted, got %s in %s", text, otel.Version())
			}
		})
		delete(rows, c.Name)
	}
	if len(rows) > 0 {
		t.Errorf("differences of no case: %v", slices.Collect(maps.Keys(rows)))
	}
	if t.Failed() {
		return
	}
	fmt.Printf("%s %s: %d cases as expected, %d differences as noted.\n", implementation, otel.Version(), len(table.Cases)-count, count)
}
