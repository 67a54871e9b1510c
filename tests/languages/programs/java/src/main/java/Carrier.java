import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.BaggageBuilder;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.incubator.propagation.EnvironmentGetter;
import io.opentelemetry.api.incubator.propagation.EnvironmentSetter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** One side of the table, with OpenTelemetry for Java: passes fields on, or reads its own environment. */
final class Carrier {
  private static final Gson GSON = new Gson();
  private static final TextMapPropagator PROPAGATOR =
      TextMapPropagator.composite(W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());
  private static final TextMapGetter<JsonObject> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(JsonObject fields) {
          return fields.keySet();
        }

        @Override
        public String get(JsonObject fields, String key) {
          return fields != null && fields.has(key) ? fields.get(key).getAsString() : null;
        }
      };

  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("environment")) {
      System.out.println(
          GSON.toJson(read(PROPAGATOR.extract(Context.root(), System.getenv(), EnvironmentGetter.getInstance()))));
      return;
    }
    JsonArray answers = new JsonArray();
    JsonArray cases = GSON.fromJson(new InputStreamReader(System.in, StandardCharsets.UTF_8), JsonArray.class);
    cases.forEach(one -> answers.add(passOn(one.getAsJsonObject())));
    System.out.println(GSON.toJson(answers));
  }

  private static JsonObject passOn(JsonObject testCase) {
    Context context = PROPAGATOR.extract(Context.root(), testCase.getAsJsonObject("fields"), GETTER);
    JsonObject answer = new JsonObject();
    answer.add("reading", read(context));
    if (testCase.has("add")) {
      JsonArray pair = testCase.getAsJsonArray("add");
      SpanContext span = Span.fromContext(context).getSpanContext();
      SpanContext changed =
          SpanContext.createFromRemoteParent(
              span.getTraceId(),
              span.getSpanId(),
              span.getTraceFlags(),
              span.getTraceState().toBuilder().put(pair.get(0).getAsString(), pair.get(1).getAsString()).build());
      context = context.with(Span.wrap(changed));
    }
    if (testCase.has("baggage")) {
      BaggageBuilder baggage = Baggage.fromContext(context).toBuilder();
      for (Map.Entry<String, JsonElement> entry : testCase.getAsJsonObject("baggage").entrySet()) {
        baggage.put(entry.getKey(), entry.getValue().getAsString());
      }
      context = context.with(baggage.build());
    }
    Map<String, String> document = new TreeMap<>();
    PROPAGATOR.inject(context, document, Map::put);
    answer.add("document", GSON.toJsonTree(document));
    Map<String, String> environment = new TreeMap<>();
    PROPAGATOR.inject(context, environment, EnvironmentSetter.getInstance());
    answer.add("environment", GSON.toJsonTree(environment));
    return answer;
  }

  private static JsonObject read(Context context) {
    SpanContext span = Span.fromContext(context).getSpanContext();
    StringJoiner state = new StringJoiner(",");
    span.getTraceState().forEach((key, value) -> state.add(key + "=" + value));
    JsonObject baggage = new JsonObject();
    Baggage.fromContext(context).forEach((key, entry) -> baggage.addProperty(key, entry.getValue()));
    JsonObject reading = new JsonObject();
    reading.addProperty(
        "parent",
        span.isValid() ? span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex() : "");
    reading.addProperty("state", state.toString());
    reading.add("baggage", baggage);
    return reading;
  }
}
