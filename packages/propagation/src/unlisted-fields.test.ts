import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { propagation, ROOT_CONTEXT, trace, type TextMapPropagator } from '@opentelemetry/api';
import { B3InjectEncoding, B3Propagator } from '@opentelemetry/propagator-b3';
import { JaegerPropagator } from '@opentelemetry/propagator-jaeger';
import { OTTracePropagator } from '@opentelemetry/propagator-ot-trace';
import { annotationsCarrier, type Annotations } from './carriers/annotations.ts';
import { documentCarrier } from './carriers/document.ts';
import { mapCarrier } from './carriers/map.ts';
import { processEnvCarrier } from './carriers/process-env.ts';
import { createEdgePropagator } from './edge/edge-policy.ts';
import { environmentForChild } from './environment.ts';
import { extractContext } from './extract.ts';
import { namedPrefixes } from './unlisted-fields.ts';
import { injectContext } from './inject.ts';
import { shouldExtractImplicitly } from './kubernetes-job.ts';
import { exampleContext, TRACE_ID, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import { warningsOf } from './testing/warnings.ts';

const prefixes = () => namedPrefixes((prefix) => prefix);

/** Returns a propagator that writes one field, and each baggage entry with a prefix. */
const writing = (field: string, prefix?: string): TextMapPropagator => ({
  inject(source, carrier, setter) {
    setter.set(carrier, field, 'value');
    if (prefix === undefined) return;
    for (const [key, { value }] of propagation.getBaggage(source)?.getAllEntries() ?? [])
      setter.set(carrier, prefix + key, value);
  },
  extract: (base) => base,
  fields: () => [field],
});

test('there are no prefixes without a propagator', () => {
  assert.deepEqual(prefixes(), []);
});

test('a propagator is asked once', () => {
  let asked = 0;
  const counting = { ...writing('a'), inject: () => void asked++ };
  withPropagator(counting, () => {
    assert.deepEqual(prefixes(), []);
    assert.deepEqual(prefixes(), []);
  });
  assert.equal(asked, 1);
});

test('a propagator that throws has no prefixes', () => {
  const throwing: TextMapPropagator = {
    ...writing('a'),
    inject() {
      throw new Error('broken');
    },
  };
  assert.deepEqual(withPropagator(throwing, prefixes), []);
});

test('a prefix is what stands before a key of baggage', () => {
  assert.deepEqual(withPropagator(writing('a', 'bag-'), prefixes), [['bag-', 'bag-']]);
  assert.deepEqual(withPropagator(new JaegerPropagator(), prefixes), [['uberctx-', 'uberctx-']]);
  // If only lengths counted, every field with a longer name than the key would have a prefix.
  assert.deepEqual(withPropagator(writing('a-field-of-a-name-that-is-rather-long'), prefixes), []);
});

test('baggage without a prefix takes no other field out', () => {
  withPropagator(writing('field', ''), () => {
    const env = { _OTHER: 'kept', FIELD: 'stale' };
    assert.deepEqual(injectContext(exampleContext(), env, processEnvCarrier), {
      _OTHER: 'kept',
      FIELD: 'value',
    });
    const document = { other: 'kept' };
    assert.deepEqual(injectContext(exampleContext(), document), { other: 'kept', field: 'value' });
  });
});

test('only what starts with the prefix is taken out', () => {
  withPropagator(new JaegerPropagator(), () => {
    const document = injectContext(ROOT_CONTEXT, {
      'uberctx-tenant': 'stale',
      note: 'uberctx-',
      uber: 'kept',
    });
    assert.deepEqual(document, { note: 'uberctx-', uber: 'kept' });
  });
});

test('a setter that names no keys clears the fields alone', () => {
  const cleared: string[] = [];
  const setter = { set() {}, clear: (_: object, field: string) => void cleared.push(field) };
  const said = warningsOf(() =>
    withPropagator(new JaegerPropagator(), () => injectContext(exampleContext(), {}, setter)),
  );
  assert.deepEqual(cleared, ['uber-trace-id']);
  assert.deepEqual(said, []);
});

test('a medium with other names lists those of origin too', () => {
  let keys: string[] = [];
  const looking: TextMapPropagator = {
    ...writing('trace-id', 'bag-'),
    extract: (base, carrier, getter) => ((keys = getter.keys(carrier)), base),
    fields: () => ['trace-id', 'absent'],
  };
  withPropagator(looking, () =>
    extractContext({ TRACE_ID: '1', BAG_TENANT: '2', OTHER: '3' }, processEnvCarrier),
  );
  assert.deepEqual(keys, ['TRACE_ID', 'BAG_TENANT', 'OTHER', 'trace-id', 'bag-tenant']);
});

test('a carrier may name its fields through this', () => {
  type Texts = Record<string, string>;
  const carrier = {
    ...documentCarrier,
    prefix: 'of-trace-',
    nameOf(field: string): string {
      return this.prefix + field;
    },
    set(document: Texts, field: string, value: string): void {
      document[this.nameOf(field)] = value;
    },
    get(document: Texts, field: string): string | undefined {
      return document[this.nameOf(field)];
    },
  };
  // This propagator searches the names of all fields for baggage.
  withPropagator(new JaegerPropagator(), () => {
    const carried = injectContext<Texts>(exampleContext(), {}, carrier);
    assert.equal(trace.getSpanContext(extractContext(carried, carrier))?.traceId, TRACE_ID);
  });
});

test('an entry whose name has capitals is read once', () => {
  const both = propagation.createBaggage({ UP: { value: '1' }, down: { value: '2' } });
  for (const propagator of [new OTTracePropagator(), new JaegerPropagator()])
    withPropagator(propagator, () => {
      const source = propagation.setBaggage(exampleContext(), both);
      const annotations = injectContext<Annotations>(source, {}, annotationsCarrier);
      const read = propagation.getBaggage(extractContext(annotations, annotationsCarrier));
      assert.deepEqual(
        read?.getAllEntries().map(([name, { value }]) => [name, value]),
        [
          ['UP', '1'],
          ['down', '2'],
        ],
      );
    });
});

test('an inject takes out what its propagator would read first', () => {
  const single = `${'a'.repeat(32)}-${'b'.repeat(16)}-1`;
  const multi = new B3Propagator({ injectEncoding: B3InjectEncoding.MULTI_HEADER });
  for (const propagator of [multi, createEdgePropagator(multi, 'ignore')])
    withPropagator(propagator, () => {
      const document = injectContext(exampleContext(), { b3: single, total: 1 });
      assert.equal(trace.getSpanContext(extractContext(document))?.traceId, TRACE_ID);
      assert.equal('b3' in document, false);
      assert.deepEqual(environmentForChild({ B3: single, LANG: 'C' }), { LANG: 'C' });
    });
});

test('an inject keeps a header that a propagator only looks at', () => {
  const trusting: TextMapPropagator = {
    inject: (source, carrier, setter) => w3c.inject(source, carrier, setter),
    extract: (base, carrier, getter) =>
      getter.get(carrier, 'authorization') ? w3c.extract(base, carrier, getter) : base,
    fields: () => w3c.fields(),
  };
  withPropagator(trusting, () => {
    const headers = injectContext(exampleContext(), { authorization: 'Bearer a' }, mapCarrier);
    assert.deepEqual(headers, { authorization: 'Bearer a', traceparent: TRACEPARENT });
    const env = { AUTHORIZATION: 'a', K8S_JOB_NAME: 'report' };
    assert.deepEqual(environmentForChild(env), env);
    assert.equal(shouldExtractImplicitly(env), false);
  });
});

test('a propagator that fails to read clears its fields alone', () => {
  const throwing: TextMapPropagator = {
    inject() {},
    extract() {
      throw new Error('broken');
    },
    fields: () => ['a'],
  };
  withPropagator(throwing, () =>
    assert.deepEqual(injectContext(ROOT_CONTEXT, { a: 'stale', c: 'kept' }), { c: 'kept' }),
  );
});

test('a trial extract that rejects does not end the process', async () => {
  const asynchronous = {
    inject() {},
    extract: async (_base: unknown, carrier: { a?: string }) => Promise.resolve(carrier.a),
    fields: () => ['a'],
  } as unknown as TextMapPropagator;
  withPropagator(asynchronous, () => assert.deepEqual(injectContext(ROOT_CONTEXT, { a: 'stale' }), {}));
  // An unhandled rejection ends the process, and so fails the test.
  await setImmediate();
});
