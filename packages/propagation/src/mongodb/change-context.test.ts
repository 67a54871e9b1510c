import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { Mongoose } from 'mongoose';
import { exampleContext, TRACE_ID, w3c, withPropagator } from '../testing/propagators.ts';
import { extractFromChange, type ChangeContextOptions, type ChangeEvent } from './change-context.ts';

const A = `00-${TRACE_ID}-aaaaaaaaaaaaaaaa-01`;
const B = `00-${TRACE_ID}-bbbbbbbbbbbbbbbb-01`;

/** Returns the context that an event carries: `a` or `b`, followed by the tracestate if there is one. */
function read(event: ChangeEvent, options?: ChangeContextOptions): string | undefined {
  const found = withPropagator(w3c, () => trace.getSpanContext(extractFromChange(event, options)));
  return found && [found.spanId[0], found.traceState?.serialize()].filter(Boolean).join(' ');
}

const update = (updatedFields: object, fullDocument?: object, removedFields?: string[]): ChangeEvent => ({
  operationType: 'update',
  fullDocument,
  updateDescription: { updatedFields, removedFields },
});

test('an insert and a replacement hold their document', () => {
  for (const operationType of ['insert', 'replace']) {
    assert.equal(read({ operationType, fullDocument: { context: { traceparent: A } } }), 'a');
    assert.equal(read({ operationType, fullDocument: {} }), undefined);
    assert.equal(read({ operationType, fullDocument: null }), undefined);
  }
  assert.equal(read({ operationType: 'delete', fullDocument: { context: { traceparent: A } } }), undefined);
});

test('an update that names the whole field is certain', () => {
  const event = update({ context: { traceparent: A } }, { context: { traceparent: B, tracestate: 'v=1' } });
  assert.equal(read(event), 'a');
  assert.equal(read(event, { postImages: true }), 'b v=1');
  assert.equal(read(update({ context: { traceparent: A } }), { postImages: true }), 'a');
});

test('an update of a part takes the rest from its document', () => {
  const stored = { traceparent: A, tracestate: 'v=1' };
  assert.equal(read(update({ 'context.traceparent': A, total: 1 }, { context: stored })), 'a v=1');
  assert.equal(read(update({ 'context.traceparent': A })), 'a');
});

test('a document of a later write is not taken', () => {
  const later = { context: { traceparent: B, tracestate: 'v=1' } };
  assert.equal(read(update({ 'context.traceparent': A }, later)), 'a');
  // The later write changed only one of the two parts.
  assert.equal(read(update({ 'context.traceparent': A, 'context.tracestate': 'v=1' }, later)), 'a v=1');
});

test('a part that was taken out must still be out', () => {
  const parts = { 'context.traceparent': A };
  const stored = { context: { traceparent: A, tracestate: 'v=1' } };
  assert.equal(read(update(parts, stored, ['context.tracestate'])), 'a');
  assert.equal(read(update(parts, stored, ['context.tracestate', 'context.other'])), 'a');
  assert.equal(read(update(parts, stored, ['context.other'])), 'a v=1');
  const others = ['contexts.tracestate', 'context8tracestate', 'tracestate'];
  assert.equal(read(update(parts, stored, others)), 'a v=1');
});

test('an update of other fields says nothing', () => {
  const stored = { context: { traceparent: A } };
  for (const fields of [{}, { total: 1 }, { contexts: { traceparent: B } }, { 'contexts.traceparent': B }])
    assert.equal(read(update(fields, stored)), undefined);
  assert.equal(read({ operationType: 'update', fullDocument: stored }), undefined);
});

test('another field is read, in whole and in part', () => {
  const options = { field: 'sentBy' };
  const document = { context: { traceparent: A }, sentBy: { traceparent: B, tracestate: 'v=1' } };
  assert.equal(read({ operationType: 'insert', fullDocument: document }, options), 'b v=1');
  assert.equal(read(update({ 'sentBy.traceparent': B }, document), options), 'b v=1');
});

test('what an event does not say leaves the base', () => {
  const base = exampleContext();
  assert.equal(extractFromChange({ operationType: 'delete' }, { base }), base);
  assert.equal(extractFromChange({ operationType: 'insert', fullDocument: { context: {} } }, { base }), base);
  assert.equal(extractFromChange({ operationType: 'delete' }), ROOT_CONTEXT);
});

test('only an object of the document itself is a context', () => {
  const inherited = Object.create({ context: { traceparent: A } }) as object;
  for (const fullDocument of [inherited, { context: 'text' }, { context: null }])
    assert.equal(read({ operationType: 'insert', fullDocument }), undefined);
  const event = update({ context: null, 'context.traceparent': A });
  assert.equal(read(event), 'a');
});

test('a document of a mapper holds its context', () => {
  const mongoose = new Mongoose();
  const { Schema } = mongoose;
  const Order = mongoose.model(
    'Order',
    new Schema({ context: new Schema({ traceparent: String }, { _id: false }) }),
  );
  const fullDocument = new Order({ context: { traceparent: A } });
  assert.equal(read({ operationType: 'insert', fullDocument }), 'a');
  assert.equal(read(update({ 'context.traceparent': A }, fullDocument), { postImages: true }), 'a');
});

test('an event that is none leads nowhere', () => {
  assert.equal(read(null as never), undefined);
  assert.equal(read({ operationType: 'update', updateDescription: null } as never), undefined);
});
