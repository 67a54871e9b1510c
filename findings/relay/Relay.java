import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.incubator.propagation.EnvironmentGetter;
import io.opentelemetry.api.incubator.propagation.EnvironmentSetter;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.HashMap;
import java.util.List;

/** One hop in Java: extracts from the environment, starts a span, injects, and prints what a child process would get. */
public class Relay {
  public static void main(String[] args) {
    var provider = SdkTracerProvider.builder();
    if (!"none".equals(System.getenv("EXPORTER"))) {
      provider.addSpanProcessor(SimpleSpanProcessor.create(InMemorySpanExporter.create()));
    }
    var propagator =
        TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
    var parent = propagator.extract(Context.root(), System.getenv(), EnvironmentGetter.getInstance());
    var span = provider.build().get("relay").spanBuilder("relay").setParent(parent).startSpan();
    var child = new HashMap<String, String>();
    propagator.inject(parent.with(span), child, EnvironmentSetter.getInstance());
    for (var name : List.of("TRACEPARENT", "TRACESTATE", "BAGGAGE")) {
      System.out.println(name + "=" + child.getOrDefault(name, ""));
    }
  }
}
