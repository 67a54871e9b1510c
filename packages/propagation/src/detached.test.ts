import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { detached } from './detached.ts';
import { ExtractedRootContextManager } from './extracted-root-context-manager.ts';
import { exampleContext, w3c, withPropagator } from './testing/propagators.ts';

test('what is started detached outlives the span', async () => {
  const seen = await withPropagator(w3c, () =>
    context.with(exampleContext(), () => detached(async () => (await later(), trace.getActiveSpan()))),
  );
  assert.equal(seen, undefined);
});

test('the caller keeps its span and gets the result', () => {
  withPropagator(w3c, () =>
    context.with(exampleContext(), () => {
      const before = context.active();
      assert.equal(
        detached(() => 7),
        7,
      );
      assert.equal(context.active(), before);
    }),
  );
});

test('it leaves the context that a job was started with', () => {
  const inner = new AsyncLocalStorageContextManager();
  context.setGlobalContextManager(new ExtractedRootContextManager(inner, exampleContext()).enable());
  try {
    assert.ok(trace.getSpanContext(context.active()));
    assert.equal(
      detached(() => trace.getSpanContext(context.active())),
      undefined,
    );
  } finally {
    context.disable();
  }
});

const later = () => new Promise((resolve) => setImmediate(resolve));
