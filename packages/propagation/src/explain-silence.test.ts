import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { diag, DiagLogLevel, propagation, trace, type Context } from '@opentelemetry/api';
import { extractContext } from './extract.ts';
import { injectContext } from './inject.ts';
import { registered, type Registry } from './registry.ts';
import { exampleContext, TRACEPARENT, w3c, withPropagator } from './testing/propagators.ts';
import type { SaidAndCarried, SetUpStep } from './testing/set-up-process.ts';
import { warningsOf } from './testing/warnings.ts';

test('an inject and an extract that carry nothing are explained', () => {
  trace.setGlobalTracerProvider(trace.getTracerProvider());
  const noPropagator = /^No context is carried: a tracer provider is set, but no propagator\./;
  assert.match(warningsOf(() => injectContext(exampleContext(), {})).join('\n'), noPropagator);
  propagation.setGlobalPropagator(w3c);
  assert.deepEqual(
    warningsOf(() => injectContext(exampleContext(), {})),
    [],
    'what is carried needs no explanation',
  );
  assert.deepEqual(
    warningsOf(() => extractContext({ traceparent: TRACEPARENT })),
    [],
  );
  assert.match(warningsOf(() => extractContext({})).join('\n'), /but no context manager/);
  propagation.disable();
  trace.disable();
});

test('a propagator without fields is not taken for an older one', () => {
  const none = { inject() {}, extract: (base: Context) => base, fields: () => [] };
  assert.deepEqual(
    warningsOf(() => withPropagator(none, () => injectContext(exampleContext(), {}))),
    [],
  );
});

test('a propagator whose fields() throws is reported, for an empty carrier too', () => {
  const broken = {
    inject() {},
    extract: (base: Context) => base,
    fields: () => {
      throw new Error('no fields');
    },
  };
  const warnings = warningsOf(() => withPropagator(broken, () => injectContext(exampleContext(), {})));
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /^Failed to find out why no context is carried; the work continues/);
});

test('another copy that this one can read causes no warning', () => {
  const said: string[] = [];
  const say = (text: string) => void said.push(text);
  diag.setLogger({ error: say, warn: say, info: say, debug: say, verbose: say }, DiagLogLevel.ALL);
  const registry = registered() as Registry;
  said.length = 0;
  const REGISTRY = Symbol.for('opentelemetry.js.api.1');
  // A later copy, with a logger.
  Object.assign(globalThis, { [REGISTRY]: { ...registry, version: '1.999.0' } });
  try {
    for (const carrier of [{}, {}]) injectContext(exampleContext(), carrier);
    assert.deepEqual(said, []);
    assert.equal('propagation' in (registered() as Registry), false);
  } finally {
    Object.assign(globalThis, { [REGISTRY]: registry });
    diag.disable();
  }
});

function after(...steps: SetUpStep[]): SaidAndCarried {
  const program = join(import.meta.dirname, 'testing/set-up-process.ts');
  const { stdout } = spawnSync(process.execPath, [program, ...steps], { encoding: 'utf8' });
  return JSON.parse(stdout) as SaidAndCarried;
}

test('warns once about an SDK of an older API', () => {
  for (const { said, carried } of [after('older propagator'), after('older logger', 'older propagator')]) {
    assert.equal(carried, false);
    assert.equal(said.length, 1);
    assert.match(said[0] ?? '', /@opentelemetry\/api 1\.9\.1.*npm ls @opentelemetry\/api$/);
  }
});

test('warns once about an older API that keeps the SDK from registering', () => {
  const { said, carried } = after('older logger', 'manager', 'provider', 'propagator');
  assert.equal(carried, false);
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /@opentelemetry\/api 1\.9\.1 is registered.*npm ls @opentelemetry\/api$/);
});

test('warns once about a missing propagator', () => {
  const { said } = after('logger', 'manager', 'provider');
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /no propagator.*setGlobalPropagator/);
});

test('warns once about a missing context manager', () => {
  const { said } = after('logger', 'provider', 'propagator');
  assert.equal(said.length, 1);
  assert.match(said[0] ?? '', /no context manager.*setGlobalContextManager/);
});

test('a complete set-up and one without an SDK are quiet', () => {
  const complete = after('logger', 'manager', 'provider', 'propagator');
  assert.deepEqual(complete, { said: [], carried: true });
  assert.deepEqual(after('logger'), { said: [], carried: false });
  assert.deepEqual(after(), { said: [], carried: false });
});
