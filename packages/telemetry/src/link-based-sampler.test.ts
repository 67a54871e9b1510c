import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  INVALID_SPAN_CONTEXT,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  SamplingDecision,
  TracerProvider,
  type Sampler,
} from '@opentelemetry/sdk-trace';
import { LinkBasedSampler } from './link-based-sampler.ts';

const UNSAMPLED: SpanContext = {
  traceId: 'a'.repeat(32),
  spanId: 'b'.repeat(16),
  traceFlags: TraceFlags.NONE,
};
const SAMPLED = { ...UNSAMPLED, traceFlags: TraceFlags.SAMPLED };
// The flags that sampled root spans in Python and Java have: W3C's random flag and the sampled flag.
const SAMPLED_AND_RANDOM = { ...UNSAMPLED, traceFlags: 0x03 };
const RANDOM = { ...UNSAMPLED, traceFlags: 0x02 };
const INVALID_BUT_SAMPLED = { ...INVALID_SPAN_CONTEXT, traceFlags: TraceFlags.SAMPLED };

const offUnlessLinked = new LinkBasedSampler(new AlwaysOffSampler());

/** Starts a span with the real SDK, and reports whether it is sampled. */
function isSampled(sampler: Sampler, linked: SpanContext[], parent?: SpanContext): boolean {
  const tracer = new TracerProvider({ sampler }).getTracer('test');
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const span = tracer.startSpan('process', { links: linked.map((to) => ({ context: to })) }, context);
  span.end();
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}

test('samples what links to something sampled', () => {
  assert.equal(isSampled(offUnlessLinked, [SAMPLED]), true);
  assert.equal(isSampled(offUnlessLinked, [SAMPLED_AND_RANDOM]), true);
});

test('one sampled link of several is enough', () => {
  assert.equal(isSampled(offUnlessLinked, [UNSAMPLED, INVALID_BUT_SAMPLED, SAMPLED]), true);
  assert.equal(isSampled(offUnlessLinked, [UNSAMPLED, RANDOM]), false);
});

test('asks the wrapped sampler where no link is sampled', () => {
  for (const linked of [[], [UNSAMPLED], [RANDOM], [INVALID_BUT_SAMPLED]]) {
    assert.equal(isSampled(offUnlessLinked, linked), false);
    assert.equal(isSampled(new LinkBasedSampler(new AlwaysOnSampler()), linked), true);
  }
});

test('as root of a parent-based sampler keeps traces whole', () => {
  const sampler = new ParentBasedSampler({ root: offUnlessLinked });
  assert.equal(isSampled(sampler, [SAMPLED]), true);
  assert.equal(isSampled(sampler, [SAMPLED], UNSAMPLED), false);
  assert.equal(isSampled(sampler, [UNSAMPLED], SAMPLED), true);
});

test('hands everything to the wrapped sampler', () => {
  const asked: unknown[] = [];
  const result = { decision: SamplingDecision.RECORD, attributes: { 'sampler.rule': 'slow' } };
  const recording: Sampler = {
    shouldSample: (...args) => {
      asked.push(...args);
      return result;
    },
    toString: () => 'Recording',
  };
  const links = [{ context: UNSAMPLED }];
  const args = [ROOT_CONTEXT, SAMPLED.traceId, 'process', 0, { a: 1 }, links] as const;
  const given = new LinkBasedSampler(recording).shouldSample(...args);
  assert.equal(given, result);
  assert.deepEqual(asked, args);
});

test('passes over a link to nothing', () => {
  const nothing = trace.getSpanContext(ROOT_CONTEXT) as unknown as SpanContext;
  assert.equal(isSampled(offUnlessLinked, [nothing]), false);
  assert.equal(isSampled(offUnlessLinked, [nothing, SAMPLED]), true);
});

test('names the sampler that it wraps', () => {
  assert.equal(String(offUnlessLinked), 'LinkBased{AlwaysOffSampler}');
});

const asked = (links: unknown) =>
  offUnlessLinked.shouldSample(ROOT_CONTEXT, SAMPLED.traceId, 'process', 0, {}, links as Link[]);

test('passes over what is not a list of links', () => {
  for (const links of [undefined, null, [], [null], [undefined]])
    assert.equal(asked(links).decision, SamplingDecision.NOT_RECORD);
});
