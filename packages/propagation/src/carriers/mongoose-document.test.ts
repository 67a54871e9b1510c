import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { AWSXRayPropagator } from '@opentelemetry/propagator-aws-xray';
import { Mongoose } from 'mongoose';
import { extractContext } from '../extract.ts';
import { captureContext, injectContext } from '../inject.ts';
import { exampleContext, TRACE_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';

const stored = { traceparent: TRACEPARENT };
const traceIdIn = (carrier: unknown) =>
  withPropagator(w3c, () => trace.getSpanContext(extractContext(carrier))?.traceId);

// A separate instance, because a model can't be defined twice.
const mongoose = new Mongoose();
const { Schema } = mongoose;
const fields = { traceparent: String, tracestate: String };
const schemas = {
  'a sub-document': { context: new Schema(fields, { _id: false }) },
  'a nested path': { context: fields },
  'a map': { context: { type: Map, of: String } },
  'a mixed path': { context: Schema.Types.Mixed },
};

for (const [name, shape] of Object.entries(schemas)) {
  const Order = mongoose.model(name, new Schema(shape));
  const hydrated = () =>
    Order.hydrate({ context: { ...stored, tracestate: 'stale=1' } }) as unknown as Hydrated;

  test(`context is read from ${name} of Mongoose`, () => {
    assert.equal(traceIdIn(hydrated().context), TRACE_ID);
    assert.equal(traceIdIn(hydrated().toObject().context), TRACE_ID);
  });

  test(`an inject replaces what ${name} of Mongoose held`, () => {
    const order = hydrated();
    withPropagator(w3c, () => injectContext(exampleContext(0), order.context));
    const { context } = order.toObject({ flattenMaps: true });
    assert.equal(context?.traceparent, TRACEPARENT.replace(/1$/, '0'));
    assert.equal(context?.tracestate, undefined);
  });
}

// Another program, or an earlier version of this one, may have stored fields that the schema doesn't have.
const others = {
  'a sub-document without the fields': new Schema({ traceparent: String }, { _id: false }),
  'a nested path without the fields': { traceparent: String },
  'a sub-document that is not strict': new Schema({}, { _id: false, strict: false }),
};

for (const [name, shape] of Object.entries(others)) {
  const Order = mongoose.model(name, new Schema({ context: shape }));
  const hydrated = () =>
    Order.hydrate({ context: { ...stored, baggage: 'stale=1' } }) as unknown as Hydrated & ChangedDocument;

  test(`an inject replaces what ${name} of Mongoose held`, () => {
    const order = hydrated();
    withPropagator(w3c, () => injectContext(exampleContext(0), order.context));
    const traceparent = TRACEPARENT.replace(/1$/, '0');
    assert.deepEqual(order.toObject().context, { traceparent });
    assert.deepEqual(order.$getChanges(), {
      $set: { 'context.traceparent': traceparent },
      $unset: { 'context.baggage': 1 },
    });
  });
}

test('a propagator that lists keys reads a document of Mongoose', () => {
  const context = new Schema({ 'x-amzn-trace-id': String }, { _id: false });
  const Order = mongoose.model('xray', new Schema({ context }));
  withPropagator(new AWSXRayPropagator(), () => {
    const order = new Order({ context: captureContext(exampleContext()) });
    assert.equal(trace.getSpanContext(extractContext(order.get('context')))?.traceId, TRACE_ID);
  });
});

test('a document of Mongoose without a context is not changed', () => {
  const Order = mongoose.model('unchanged', new Schema({ context: new Schema(fields, { _id: false }) }));
  const order = Order.hydrate({ context: {} }) as unknown as Hydrated & ChangedDocument;
  withPropagator(w3c, () => injectContext(ROOT_CONTEXT, order.context));
  assert.deepEqual(order.$getChanges(), {});
});

test('a nested path of Mongoose is not taken for another', () => {
  const shape = { context: fields, customer: { baggage: String, deep: fields } };
  const Order = mongoose.model(
    'nested',
    new Schema({ ...shape, ...fields, sub: new Schema(shape, { _id: false }) }),
  );
  const held = { context: stored, customer: { baggage: 'own', deep: {} } };
  for (const [prefix, path] of [
    ['context.', (order: Nested) => order.context],
    ['customer.deep.', (order: Nested) => order.customer.deep],
    ['sub.context.', (order: Nested) => order.sub.context],
    ['', (order: Nested) => order],
  ] as const) {
    const order = Order.hydrate({ ...held, ...stored, sub: held }) as unknown as Nested & ChangedDocument;
    // Mongoose remembers a nested path when it is first read.
    void [order.context, order.customer.deep, order.sub.context, order.sub.customer.deep];
    const traceparent = TRACEPARENT.replace(/1$/, '0');
    withPropagator(w3c, () => injectContext(exampleContext(0), path(order)));
    assert.deepEqual(order.$getChanges(), { $set: { [`${prefix}traceparent`]: traceparent } });
    assert.equal(traceIdIn(path(order)), TRACE_ID);
  }
});

interface Nested {
  context: object;
  customer: { deep: object };
  sub: Nested;
}

interface ChangedDocument {
  $getChanges(): object;
}

interface Hydrated {
  context: unknown;
  toObject(options?: object): { context?: { traceparent?: string; tracestate?: string } };
}
