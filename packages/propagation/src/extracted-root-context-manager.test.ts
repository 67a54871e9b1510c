import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace, type ContextManager } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { ExtractedRootContextManager } from './extracted-root-context-manager.ts';
import { exampleContext } from './testing/propagators.ts';

const extracted = exampleContext();
const other = exampleContext(0);

function create() {
  return new ExtractedRootContextManager(new AsyncLocalStorageContextManager(), extracted).enable();
}

test('the extracted context is active at the root', () => {
  assert.equal(create().active(), extracted);
});

test('a context that code sets wins', () => {
  const manager = create();
  assert.equal(
    manager.with(other, () => manager.active()),
    other,
  );
  assert.equal(manager.bind(other, () => manager.active())(), other);
});

test('a root that code asks for holds', () => {
  const manager = create();
  const active = manager.with(ROOT_CONTEXT, () => manager.active());
  assert.notEqual(active, extracted);
  assert.equal(trace.getSpanContext(active), undefined);
});

test('timers and listeners see the extracted context', async () => {
  const manager = create();
  const emitter = new EventEmitter();
  const seen: unknown[] = [];
  emitter.on('done', () => seen.push(manager.active()));
  setTimeout(() => {
    seen.push(manager.active());
    emitter.emit('done');
  }, 1);
  await once(emitter, 'done');
  assert.deepEqual(seen, [extracted, extracted]);
});

test('attach restores the extracted context when disposed', () => {
  const manager = create();
  const token = manager.attach(other);
  assert.equal(manager.active(), other);
  token.dispose();
  assert.equal(manager.active(), extracted);
});

test('attach does nothing without the inner one', () => {
  const inner = new AsyncLocalStorageContextManager();
  Object.defineProperty(inner, 'attach', { value: undefined });
  const manager = new ExtractedRootContextManager(inner, extracted);
  manager.attach(other).dispose();
  assert.equal(manager.active(), extracted);
});

test('disable reaches the inner manager', () => {
  const manager = create();
  assert.equal(
    manager.with(other, () => manager.disable().active()),
    extracted,
  );
});

test('after its release the root is the root', () => {
  const manager = create();
  manager.release();
  assert.equal(manager.active(), ROOT_CONTEXT);
  assert.equal(
    manager.with(other, () => manager.active()),
    other,
  );
});

test('a manager and a root that came by require are known', () => {
  const require = createRequire(import.meta.url);
  const { AsyncLocalStorageContextManager: Required } = require('@opentelemetry/context-async-hooks') as {
    AsyncLocalStorageContextManager: typeof AsyncLocalStorageContextManager;
  };
  const { ROOT_CONTEXT: requiredRoot } = require('@opentelemetry/api') as {
    ROOT_CONTEXT: typeof ROOT_CONTEXT;
  };
  for (const Inner of [Required, AsyncLocalStorageContextManager]) {
    const manager = new ExtractedRootContextManager(new Inner().enable(), extracted);
    assert.equal(manager.active(), extracted);
    for (const root of [requiredRoot, ROOT_CONTEXT]) {
      const active = manager.with(root, () => manager.active());
      assert.equal(trace.getSpanContext(active), undefined);
    }
  }
});

test('a context that was active before is not taken for the root', () => {
  const inner = new AsyncLocalStorageContextManager().enable();
  inner.with(other, () => {
    const manager = new ExtractedRootContextManager(inner, extracted);
    assert.equal(manager.active(), other);
  });
});

test('the inner manager is switched on and off', () => {
  const calls: string[] = [];
  const inner = {
    active: () => ROOT_CONTEXT,
    enable: () => calls.push('enable'),
    disable: () => calls.push('disable'),
  } as unknown as ContextManager;
  const manager = new ExtractedRootContextManager(inner, extracted);
  assert.equal(manager.enable(), manager);
  assert.equal(manager.disable(), manager);
  assert.deepEqual(calls, ['enable', 'disable']);
});
