import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { MAX_FIELD_BYTES } from '../limits.ts';
import { exampleContext, TRACEPARENT, TRACE_ID, w3c, withPropagator } from '../testing/propagators.ts';
import { documentCarrier } from './document.ts';

test('carries context in a plain sub-document', () => {
  withPropagator(w3c, () => {
    const document = injectContext(exampleContext(), {});
    assert.deepEqual(document, { traceparent: TRACEPARENT });
    assert.equal(trace.getSpanContext(extractContext(document))?.traceId, TRACE_ID);
  });
});

test('replaces what an earlier inject left', () => {
  const document = { traceparent: 'stale', tracestate: 'stale=1', total: 3 };
  withPropagator(w3c, () => injectContext(exampleContext(), document));
  assert.deepEqual(document, { traceparent: TRACEPARENT, total: 3 });
});

test('reads only own properties', () => {
  const inherited = Object.create({ traceparent: TRACEPARENT }) as Record<string, string>;
  withPropagator(w3c, () => assert.equal(extractContext(inherited), ROOT_CONTEXT));
  assert.equal(documentCarrier.get({}, 'constructor'), undefined);
});

test('reads only strings', () => {
  for (const value of [42, null, true, { $gt: '' }, [TRACEPARENT], new Date(0)])
    assert.equal(documentCarrier.get({ traceparent: value as unknown as string }, 'traceparent'), undefined);
});

test('reads nothing from what is not an object', () => {
  for (const document of [null, undefined, TRACEPARENT, 7, true]) {
    const carrier = document as unknown as Record<string, string>;
    withPropagator(w3c, () => assert.equal(extractContext(carrier), ROOT_CONTEXT));
    assert.deepEqual(documentCarrier.keys(carrier), []);
  }
});

test('hands values on as they are stored', () => {
  const document: Record<string, string> = {};
  for (const value of ['', ' a\n', 'x'.repeat(MAX_FIELD_BYTES + 1)]) {
    documentCarrier.set(document, 'field', value);
    assert.equal(documentCarrier.get(document, 'field'), value);
  }
});
