import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trace } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { exampleContext, SPAN_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';
import { warningsOf } from '../testing/warnings.ts';
import { MAX_ANNOTATIONS_BYTES } from './annotation-limits.ts';
import { annotationsCarrier, type Annotations } from './annotations.ts';

test('carries context under the tracing prefix', () => {
  withPropagator(w3c, () => {
    const annotations = injectContext<Annotations>(exampleContext(), { team: 'orders' }, annotationsCarrier);
    assert.deepEqual(annotations, { team: 'orders', 'tracing.k8s.io/traceparent': TRACEPARENT });
    assert.equal(trace.getSpanContext(extractContext(annotations, annotationsCarrier))?.spanId, SPAN_ID);
  });
});

test('lists fields without prefix and leaves others', () => {
  assert.deepEqual(annotationsCarrier.keys({ team: 'orders', 'tracing.k8s.io/baggage': 'a=1' }), ['baggage']);
  assert.deepEqual(annotationsCarrier.keys(null as unknown as Annotations), []);
});

test('takes stale annotations out before it writes', () => {
  const annotations: Annotations = { 'tracing.k8s.io/tracestate': 'stale=1' };
  withPropagator(w3c, () => injectContext(exampleContext(), annotations, annotationsCarrier));
  assert.deepEqual(Object.keys(annotations), ['tracing.k8s.io/traceparent']);
});

test('writes only keys that Kubernetes accepts', () => {
  const annotations: Annotations = {};
  annotationsCarrier.set(annotations, 'x y!z', '1');
  annotationsCarrier.set(annotations, 'f'.repeat(64), '1');
  assert.deepEqual(annotations, { 'tracing.k8s.io/x-y-z': '1' });
  assert.equal(annotationsCarrier.get(annotations, 'x y!z'), '1');
});

test('reads own annotations only', () => {
  const inherited = Object.create({ 'tracing.k8s.io/baggage': 'a=1' }) as Annotations;
  assert.equal(annotationsCarrier.get(inherited, 'baggage'), undefined);
  assert.equal(annotationsCarrier.get(undefined as unknown as Annotations, 'baggage'), undefined);
});

test('a name as long as Kubernetes allows is written', () => {
  const annotations: Annotations = {};
  annotationsCarrier.set(annotations, 'f'.repeat(63), '1');
  assert.equal(annotationsCarrier.get(annotations, 'f'.repeat(63)), '1');
});

test('leaves out a name at whose ends Kubernetes refuses it', () => {
  const annotations: Annotations = {};
  const said = warningsOf(() => {
    for (const name of ['uberctx-tenant_', '-a', 'größe!', '.', '', 'f'.repeat(64)])
      annotationsCarrier.set(annotations, name, '1');
  });
  assert.equal(said.length, 6);
  assert.match(said[0] ?? '', /^Left out "uberctx-tenant_": .* Expected at most 63 characters/);
  assert.deepEqual(annotations, {});
  annotationsCarrier.set(annotations, 'a', '1');
  assert.deepEqual(annotations, { 'tracing.k8s.io/a': '1' });
});

test('leaves out what Kubernetes would refuse all annotations for', () => {
  const room = MAX_ANNOTATIONS_BYTES - `tracing.k8s.io/traceparent${TRACEPARENT}`.length - 'n'.length;
  for (const [bytes, fits] of [
    [room, true],
    [room + 1, false],
  ] as const) {
    const note = `ß${'x'.repeat(bytes - 2)}`;
    const annotations: Annotations = { n: note };
    const said = warningsOf(() => annotationsCarrier.set(annotations, 'traceparent', TRACEPARENT));
    const map = new Map([['n', note]]);
    const saidOfMap = warningsOf(() => annotationsCarrier.set(map as never, 'traceparent', TRACEPARENT));
    assert.deepEqual([saidOfMap, map.has('tracing.k8s.io/traceparent')], [said, fits]);
    assert.equal('tracing.k8s.io/traceparent' in annotations, fits);
    assert.deepEqual(
      said,
      fits
        ? []
        : [
            'Left out tracing.k8s.io/traceparent: got 262145 bytes of annotations with it. Expected at most 262144.',
          ],
    );
  }
});
