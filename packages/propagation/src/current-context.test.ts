import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { context, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { currentContext, runIn } from './current-context.ts';
import { detached } from './detached.ts';
import { environmentForChild, runWithExtractedContext } from './environment.ts';
import { inSpan, recordSpan } from './in-span.ts';
import { captureContext, injectCurrentContext } from './inject.ts';
import { injectIntoPodSpec } from './pod-spec.ts';

const fail = (): never => {
  throw new Error('the context manager is broken');
};

class NoActive extends AsyncLocalStorageContextManager {
  override active = fail;
}
class NoWith extends AsyncLocalStorageContextManager {
  override with = fail;
}
class WithoutWork extends AsyncLocalStorageContextManager {
  override with = (): never => undefined as never;
}

afterEach(() => context.disable());

test('without an active context work goes on', async () => {
  context.setGlobalContextManager(new NoActive());
  assert.equal(currentContext(), ROOT_CONTEXT);
  assert.equal(await inSpan('work', {}, async () => 'done'), 'done');
  assert.doesNotThrow(() => recordSpan('wait', { endTime: new Date() }));
  assert.equal(captureContext(), undefined);
  assert.deepEqual(injectCurrentContext({}), {});
  assert.deepEqual(environmentForChild({ PATH: '/bin' }), { PATH: '/bin' });
  assert.doesNotThrow(() => injectIntoPodSpec({ containers: [{}] }));
});

for (const manager of [new NoWith(), new WithoutWork()]) {
  test(`work runs once with ${manager.constructor.name}`, () => {
    context.setGlobalContextManager(manager);
    let runs = 0;
    for (const run of [detached, runWithExtractedContext])
      assert.equal(
        run(() => ++runs),
        runs,
      );
    assert.equal(runs, 2);
    assert.throws(() => detached(fail), /is broken/);
  });
}

class Twice extends AsyncLocalStorageContextManager {
  override with = ((_context: Context, fn: () => unknown) => [fn(), fn()].at(0)) as never;
}
class Later extends AsyncLocalStorageContextManager {
  late: () => unknown = () => undefined;
  override with = ((_context: Context, fn: () => unknown) => {
    this.late = fn;
  }) as never;
}

test('work starts at most once, however often it is called', () => {
  let runs = 0;
  context.setGlobalContextManager(new Twice());
  assert.equal(
    detached(() => ++runs),
    1,
  );
  context.disable();
  const later = new Later();
  context.setGlobalContextManager(later);
  assert.equal(
    detached(() => ++runs),
    2,
  );
  later.late();
  assert.equal(runs, 2);
});

test('what the work throws is thrown on', () => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager());
  for (const thrown of [new Error('a failure'), undefined])
    assert.throws(
      () =>
        runIn(
          () => ROOT_CONTEXT,
          () => {
            throw thrown;
          },
        ),
      (error) => error === thrown,
    );
});
