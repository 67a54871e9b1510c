import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SpanStatusCode, TraceFlags, type Span } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { boundedSpans } from './bounded-spans.ts';
import { guarded } from './guarded-processor.ts';
import { readSettings } from './settings.ts';

const HUGE = 'x'.repeat(1_000_000);
const LIMIT = 4_096;
const OTHER = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };

/** The parts of a span that a program or a library may make too large. */
const CASES: Record<string, (span: Span) => unknown> = {
  'an attribute': (span) => span.setAttribute('key', HUGE),
  'the name of an attribute': (span) => span.setAttribute(HUGE, 'value'),
  'a list of texts': (span) =>
    span.setAttribute(
      'key',
      Array.from({ length: 1_000 }, () => HUGE),
    ),
  'a list of numbers': (span) =>
    span.setAttribute(
      'key',
      Array.from({ length: 100_000 }, (_, n) => n),
    ),
  'a list of nothing': (span) =>
    span.setAttribute(
      'key',
      Array.from({ length: 100_000 }, () => null),
    ),
  'a map': (span) => span.setAttribute('key', { [HUGE]: 1, other: { deep: [HUGE, HUGE] } }),
  bytes: (span) => span.setAttribute('key', new Uint8Array(1_000_000)),
  'a name': (span) => span.updateName(HUGE),
  'a status': (span) => span.setStatus({ code: SpanStatusCode.ERROR, message: HUGE }),
  'an exception': (span) => span.recordException(Object.assign(new Error(HUGE), { stack: HUGE, code: HUGE })),
  'the name of an event': (span) => span.addEvent(HUGE),
  'an event': (span) => span.addEvent('event', { key: [HUGE, HUGE] }),
  'a link': (span) => span.addLink({ context: OTHER, attributes: { key: [HUGE, HUGE] } }),
};

for (const [what, make] of Object.entries(CASES)) {
  test(`${what} of a million characters is bounded`, () => {
    const [span] = record(make);
    const { name, status, attributes, events, links } = span!;
    const size = JSON.stringify({ name, status, attributes, events, links }, (_key, value: unknown) =>
      value instanceof Uint8Array ? 'x'.repeat(value.length) : value,
    );
    // An exception has three attributes, and the commas of a list don't count.
    assert.ok(size.length < 4 * LIMIT, `${size.length} characters`);
    assert.ok(size.length > LIMIT / 2, 'as much as the limit allows is kept');
  });
}

test('a name that is too long from the start is bounded', () => {
  const [span] = record(() => {}, HUGE);
  assert.equal(span?.name.length, LIMIT);
});

test('what is small enough is left as it is', () => {
  const value = { list: ['a', 1, null, true], map: { deep: ['b'] } };
  const [span] = record((one) => one.setAttribute('key', value).setStatus({ code: SpanStatusCode.OK }));
  assert.deepEqual(span?.attributes['key'], value);
  assert.deepEqual(span?.status, { code: SpanStatusCode.OK });
});

function record(make: (span: Span) => unknown, name = 'work') {
  const { spanLimits } = readSettings({});
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [
    guarded(boundedSpans(spanLimits.attributeValueLengthLimit)),
    new SimpleSpanProcessor({ exporter }),
  ];
  const span = new TracerProvider({ spanProcessors, spanLimits }).getTracer('test').startSpan(name);
  make(span);
  span.end();
  return exporter.getFinishedSpans();
}
