// Command go-job is a Kubernetes Job that joins the trace of its launcher. It counts the words in its arguments or, without arguments,
// in stdin.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"go.opentelemetry.io/contrib/propagators/envcar"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/baggage"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/trace"
)

var tracer = otel.Tracer("go-job")

func main() {
	// SIGTERM (deadline, eviction) ends the work with an error, not the process, so that the process can export the last spans.
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	shutdown, err := startTracing(ctx)
	if err != nil {
		log.Println("the work goes on untraced:", err)
	}
	err = run(ctx, input(os.Args[1:]))
	shutdown()
	switch {
	case ctx.Err() != nil:
		os.Exit(128 + int(syscall.SIGTERM))
	case err != nil:
		log.Fatalln("failed:", err)
	}
}

func run(ctx context.Context, text io.Reader) (err error) {
	ctx = otel.GetTextMapPropagator().Extract(ctx, &envcar.Carrier{})
	ctx, span := tracer.Start(ctx, "run go-job", trace.WithSpanKind(trace.SpanKindConsumer))
	defer func() {
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}()
	if tier := baggage.FromContext(ctx).Member("demo.customer.tier").Value(); tier != "" {
		span.SetAttributes(attribute.String("demo.customer.tier", tier))
	}
	return orCancelled(ctx, func() error {
		count, err := countWords(ctx, text)
		if err == nil {
			fmt.Println("words:", count)
		}
		return err
	})
}

// countWords does the work. In Go, it receives the context as an argument. Apart from that, it knows nothing about the Job.
func countWords(ctx context.Context, text io.Reader) (int, error) {
	_, span := tracer.Start(ctx, "count words")
	defer span.End()
	count := 0
	words := bufio.NewScanner(text)
	words.Split(bufio.ScanWords)
	for words.Scan() {
		count++
	}
	span.SetAttributes(attribute.Int("demo.words", count))
	if count == 0 {
		return 0, errors.New("there is no word to count")
	}
	return count, words.Err()
}

func input(args []string) io.Reader {
	if len(args) > 0 {
		return strings.NewReader(strings.Join(args, " "))
	}
	log.Println("reads its input")
	return os.Stdin
}

// orCancelled waits until the work ends or the context is canceled. A blocking read doesn't notice that its context is canceled.
func orCancelled(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
