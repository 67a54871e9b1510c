import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  trace,
  TraceFlags,
  type Span,
} from '@opentelemetry/api';
import { AlwaysOffSampler, ParentBasedSampler } from '@opentelemetry/sdk-trace';
import { documentCarrier } from '../carriers/document.ts';
import { mapCarrier } from '../carriers/map.ts';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import {
  exampleContext,
  SPAN_ID,
  TRACEPARENT,
  TRACE_ID,
  w3c,
  withPropagator,
} from '../testing/propagators.ts';
import { withTracing, type Tracing } from '../testing/tracing.ts';
import { warningsOf } from '../testing/warnings.ts';
import {
  createEdgePropagator,
  EDGE_POLICIES,
  edgeLinkSpanProcessor,
  type EdgePolicy,
} from './edge-policy.ts';

const headers = { traceparent: TRACEPARENT, baggage: 'demo.customer.tier=gold' };

function atTheEdge(policy: EdgePolicy, fn: (tracing: Tracing) => void) {
  return withTracing(fn, {
    propagator: createEdgePropagator(w3c, policy),
    sampler: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
    spanProcessors: [edgeLinkSpanProcessor],
  });
}

function requestSpan({ tracer }: Tracing) {
  const incoming = extractContext(headers, mapCarrier);
  return tracer.startSpan('POST /orders', { kind: SpanKind.SERVER }, incoming);
}

test('continue joins the trace of the caller', async () => {
  await atTheEdge('continue', (tracing) => {
    const { traceId, traceFlags } = requestSpan(tracing).spanContext();
    assert.deepEqual([traceId, traceFlags], [TRACE_ID, TraceFlags.SAMPLED]);
  });
});

test('link and ignore disregard a forged sampled flag', async () => {
  for (const policy of ['link', 'ignore'] as const)
    await atTheEdge(policy, (tracing) => {
      const { traceId, traceFlags } = requestSpan(tracing).spanContext();
      assert.notEqual(traceId, TRACE_ID);
      assert.equal(traceFlags, TraceFlags.NONE);
    });
});

test('link starts an own trace that links once', async () => {
  await withTracing(
    ({ tracer, finishedSpans }) => {
      const incoming = extractContext(headers, mapCarrier);
      const server = tracer.startSpan('POST /orders', {}, incoming);
      const inside = trace.setSpan(incoming, server);
      for (const root of [false, true]) tracer.startSpan('inside', { root }, inside).end();
      server.end();
      const [child, second, first] = finishedSpans();
      assert.deepEqual(
        [child, second, first].map((span) => span?.links.map(({ context: linked }) => linked.spanId)),
        [[], [], [SPAN_ID]],
      );
      assert.equal(first?.parentSpanContext, undefined);
      assert.notEqual(first?.spanContext().traceId, TRACE_ID);
    },
    { propagator: createEdgePropagator(w3c, 'link'), spanProcessors: [edgeLinkSpanProcessor] },
  );
});

test("ignore drops the caller's trace and baggage", async () => {
  await atTheEdge('ignore', () => {
    assert.equal(extractContext(headers, mapCarrier), ROOT_CONTEXT);
  });
});

test("link keeps the caller's baggage", async () => {
  await atTheEdge('link', () => {
    const incoming = extractContext(headers, mapCarrier);
    assert.equal(propagation.getBaggage(incoming)?.getEntry('demo.customer.tier')?.value, 'gold');
    assert.equal(trace.getSpan(incoming), undefined);
  });
});

test('no policy applies to internal carriers', async () => {
  for (const policy of EDGE_POLICIES)
    await atTheEdge(policy, () => {
      const document = injectContext(exampleContext(), {});
      assert.equal(trace.getSpanContext(extractContext(document))?.traceId, TRACE_ID);
    });
});

test('a document that others can write to is a public endpoint', async () => {
  const carrier = { ...documentCarrier, isInternal: false };
  await atTheEdge('ignore', () => {
    const document = injectContext(exampleContext(), {}, carrier);
    assert.equal(extractContext(document, carrier), ROOT_CONTEXT);
  });
});

test('link leaves an own span where it is', async () => {
  await atTheEdge('link', () => {
    const base = exampleContext(0);
    const incoming = extractContext(headers, mapCarrier, base);
    assert.equal(trace.getSpan(incoming), trace.getSpan(base));
    assert.equal(extractContext({}, mapCarrier, base), base, 'nothing came in, nothing to link');
  });
});

test('the propagator at the edge injects as ever', async () => {
  await atTheEdge('link', () => {
    context.with(exampleContext(), () => {
      const outgoing: Record<string, string> = {};
      propagation.inject(context.active(), outgoing);
      assert.deepEqual(outgoing, { traceparent: TRACEPARENT });
      assert.deepEqual(propagation.fields(), w3c.fields());
    });
  });
});

test('the link processor has nothing to flush', async () => {
  edgeLinkSpanProcessor.onEnd();
  await edgeLinkSpanProcessor.forceFlush();
  await edgeLinkSpanProcessor.shutdown();
});

const byGateway = (carrier: unknown) =>
  (carrier as Record<string, string>)['x-own-gateway'] === 'yes' ? 'continue' : 'ignore';

test('a policy can be chosen for each caller', () => {
  withPropagator(createEdgePropagator(w3c, byGateway), () => {
    assert.equal(extractContext(headers, mapCarrier), ROOT_CONTEXT);
    const own = extractContext({ ...headers, 'x-own-gateway': 'yes' }, mapCarrier);
    assert.equal(trace.getSpanContext(own)?.traceId, TRACE_ID);
  });
});

test('a choice that fails forgets the context of the caller', () => {
  const said: string[] = [];
  const choices = [
    () => {
      throw new Error('no such header');
    },
    () => 'whatever' as EdgePolicy,
  ];
  for (const choose of choices)
    withPropagator(createEdgePropagator(w3c, choose), () => {
      said.push(...warningsOf(() => assert.equal(extractContext(headers, mapCarrier), ROOT_CONTEXT)));
      assert.equal(
        trace.getSpanContext(extractContext(headers))?.traceId,
        TRACE_ID,
        'a document is read as ever',
      );
    });
  assert.match(said.join('\n'), /^Failed to choose an edge policy; the caller's context is ignored\. .*$/);
});

test('all policies are there to check against', () => {
  assert.deepEqual(EDGE_POLICIES, ['continue', 'link', 'ignore']);
});

test('continue is the propagator itself', () => {
  assert.equal(createEdgePropagator(w3c, 'continue'), w3c);
});

test('a span of an old SDK gets no link and no error', () => {
  const propagator = createEdgePropagator(w3c, 'link');
  const parent = propagator.extract(ROOT_CONTEXT, { traceparent: TRACEPARENT }, mapCarrier);
  assert.doesNotThrow(() => edgeLinkSpanProcessor.onStart({} as Span, parent));
});
