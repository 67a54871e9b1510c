//! One side of the table, with OpenTelemetry for Rust: passes fields on, or reads its own environment.

use opentelemetry::baggage::BaggageExt;
use opentelemetry::propagation::{Extractor, Injector, TextMapCompositePropagator, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt};
use opentelemetry::{Context, KeyValue};
use opentelemetry_sdk::propagation::{BaggagePropagator, TraceContextPropagator};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap};

/// The crates have no carrier for the environment, so this is what a user has to write.
#[derive(Default)]
struct Environment(BTreeMap<String, String>);

impl Injector for Environment {
    fn set(&mut self, key: &str, value: String) {
        self.0.insert(key.to_ascii_uppercase(), value);
    }
}

impl Extractor for Environment {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(&key.to_ascii_uppercase()).map(String::as_str)
    }
    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

fn reading(context: &Context) -> Value {
    let span = context.span().span_context().clone();
    let baggage: Map<String, Value> = context
        .baggage()
        .iter()
        .map(|(key, (value, _))| (key.to_string(), json!(value.as_str())))
        .collect();
    let parent = if span.is_valid() {
        format!("{}-{}-{:02x}", span.trace_id(), span.span_id(), span.trace_flags().to_u8())
    } else {
        String::new()
    };
    json!({ "parent": parent, "state": span.trace_state().header(), "baggage": baggage })
}

fn pass_on(propagator: &TextMapCompositePropagator, case: &Value) -> Value {
    let fields: HashMap<String, String> = texts(&case["fields"]).into_iter().collect();
    let mut context = propagator.extract_with_context(&Context::new(), &fields);
    let seen = reading(&context);
    if let (Some(key), Some(value)) = (case["add"][0].as_str(), case["add"][1].as_str()) {
        let span = context.span().span_context().clone();
        if let Ok(state) = span.trace_state().insert(key.to_string(), value.to_string()) {
            let changed = SpanContext::new(span.trace_id(), span.span_id(), span.trace_flags(), true, state);
            context = context.with_remote_span_context(changed);
        }
    }
    let added = texts(&case["baggage"]);
    if !added.is_empty() {
        let kept = context
            .baggage()
            .iter()
            .map(|(key, (value, _))| KeyValue::new(key.clone(), value.clone()))
            .collect::<Vec<_>>();
        let all = kept.into_iter().chain(added.into_iter().map(|(key, value)| KeyValue::new(key, value)));
        context = context.with_baggage(all.collect::<Vec<_>>());
    }
    let mut document = HashMap::new();
    propagator.inject_context(&context, &mut document);
    let mut environment = Environment::default();
    propagator.inject_context(&context, &mut environment);
    json!({ "reading": seen, "document": document, "environment": environment.0 })
}

fn texts(object: &Value) -> Vec<(String, String)> {
    let entries = object.as_object().into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_string()))).collect()
}

fn main() {
    let propagator = TextMapCompositePropagator::new(vec![
        Box::new(TraceContextPropagator::new()),
        Box::new(BaggagePropagator::new()),
    ]);
    let answer = if std::env::args().nth(1).as_deref() == Some("environment") {
        let environment = Environment(std::env::vars().collect());
        reading(&propagator.extract_with_context(&Context::new(), &environment))
    } else {
        let cases: Vec<Value> = serde_json::from_reader(std::io::stdin()).expect("the cases as JSON");
        json!(cases.iter().map(|case| pass_on(&propagator, case)).collect::<Vec<_>>())
    };
    println!("{answer}");
}
