import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT, trace, type Context, type Link, type Span } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { rootLinkSpanProcessor, shapeExtractedRoot } from './extracted-root-shape.ts';
import { exampleContext, SPAN_ID, TRACE_ID } from './testing/propagators.ts';
import { linkTo, type TraceShape } from './trace-shape.ts';

const exporter = new InMemorySpanExporter();
const tracer = new TracerProvider({
  spanProcessors: [rootLinkSpanProcessor, new SimpleSpanProcessor({ exporter })],
}).getTracer('test');

interface Started {
  traceId: string;
  parent: string | undefined;
  links: string[];
}

/** Starts a span in a context, and a child of it. */
function started(context: Context, links = linkTo(undefined)): Started[] {
  exporter.reset();
  const span = tracer.startSpan('root', { links }, context);
  tracer.startSpan('below', {}, trace.setSpan(context, span)).end();
  span.end();
  return exporter.getFinishedSpans().map((one) => ({
    traceId: one.spanContext().traceId,
    parent: one.parentSpanContext?.spanId,
    links: one.links.map(({ context: { spanId } }) => spanId),
  }));
}

const EXPECTED: Array<[TraceShape, joins: boolean, links: string[]]> = [
  ['parent', true, []],
  ['link', false, [SPAN_ID]],
  ['parent+link', true, [SPAN_ID]],
];
for (const [shape, joins, links] of EXPECTED) {
  test(`shape ${shape} holds for every span at the root and for none below`, () => {
    const root = shapeExtractedRoot(exampleContext(), shape);
    for (let run = 0; run < 2; run++) {
      const [below, first] = started(root);
      assert.equal(first?.traceId === TRACE_ID, joins);
      assert.equal(first?.parent, joins ? SPAN_ID : undefined);
      assert.deepEqual(first?.links, links);
      assert.equal(below?.traceId, first?.traceId);
      assert.deepEqual(below?.links, []);
    }
  });
}

test('link that the code has given is not added again', () => {
  const root = shapeExtractedRoot(exampleContext(), 'parent+link');
  const [, first] = started(root, linkTo(trace.getSpanContext(exampleContext())));
  assert.deepEqual(first?.links, [SPAN_ID]);
});

test('baggage belongs to the work, whatever the shape', () => {
  const baggage = propagation.createBaggage({ tier: { value: 'gold' } });
  const root = shapeExtractedRoot(propagation.setBaggage(exampleContext(), baggage), 'link');
  assert.equal(propagation.getBaggage(root)?.getEntry('tier')?.value, 'gold');
});

test('a context without a span has nothing to link', () => {
  assert.equal(shapeExtractedRoot(ROOT_CONTEXT, 'link'), ROOT_CONTEXT);
});

test('link of another kind does not take the place', () => {
  const root = shapeExtractedRoot(exampleContext(), 'parent+link');
  const other = { traceId: TRACE_ID, spanId: '1'.repeat(16), traceFlags: 1 };
  const [, first] = started(root, linkTo(other));
  assert.deepEqual(first?.links, [other.spanId, SPAN_ID]);
});

test('a span that does not show its links gets one', () => {
  const added: Link[] = [];
  const span = { addLinks: (links: Link[]) => added.push(...links) } as unknown as Span;
  rootLinkSpanProcessor.onStart(span, shapeExtractedRoot(exampleContext(), 'link'));
  assert.deepEqual(added, linkTo(trace.getSpanContext(exampleContext())));
});
