import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import {
  context,
  diag,
  propagation,
  ROOT_CONTEXT,
  trace,
  TraceFlags,
  type Context,
  type ContextManager,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AlwaysOnSampler,
  TracerProvider,
  type Sampler,
  type SpanProcessor,
  type TracerProviderOptions,
} from '@opentelemetry/sdk-trace';
import { extractContext } from './extract.ts';
import type * as InSpan from './in-span.ts';
import { captureContext } from './inject.ts';
import { warningLogger } from './testing/warnings.ts';

const PARENT = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.SAMPLED };
const from = trace.setSpanContext(ROOT_CONTEXT, PARENT);

const fail = (): never => {
  throw new Error('telemetry is broken');
};
const never = (): never => new Promise(() => {}) as never;
const huge = (): never => 'x'.repeat(10_000_000) as never;

const processor = (own: Partial<SpanProcessor>): SpanProcessor => ({
  onStart: () => {},
  onEnd: () => {},
  forceFlush: async () => {},
  shutdown: async () => {},
  ...own,
});
const sampler = (shouldSample: Sampler['shouldSample']): Sampler => ({
  shouldSample,
  toString: () => 'broken',
});
class BrokenManager extends AsyncLocalStorageContextManager {
  readonly #when: 'before' | 'after';
  constructor(when: 'before' | 'after') {
    super();
    this.#when = when;
  }
  override with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    target: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    if (this.#when === 'before') fail();
    super.with(target, fn, thisArg, ...args);
    return fail();
  }
}

let copies = 0;
/** Imports a new copy of the module for each SDK, because a tracer keeps the first provider that it finds. */
const freshInSpan = () => import(`./in-span.ts?${copies++}`) as Promise<typeof InSpan>;

/** SDKs with one broken part, by the kind of failure. */
const PARTS: Record<string, { provider?: TracerProviderOptions; manager?: ContextManager }> = {
  'a context manager that throws before the work': { manager: new BrokenManager('before').enable() },
  'a context manager that throws after the work began': { manager: new BrokenManager('after').enable() },
};
for (const [way, broken] of Object.entries({
  throws: fail,
  'never resolves': never,
  'gives too much': huge,
})) {
  PARTS[`a sampler that ${way}`] = { provider: { sampler: sampler(broken) } };
  for (const hook of ['onStart', 'onEnding', 'onEnd'] as const) {
    PARTS[`a processor whose ${hook} ${way}`] = {
      provider: { sampler: new AlwaysOnSampler(), spanProcessors: [processor({ [hook]: broken })] },
    };
  }
}

afterEach(() => {
  trace.disable();
  context.disable();
  propagation.disable();
});

const tracer = (startSpan: () => Span) => ({ startSpan }) as unknown as Tracer;

test('each telemetry that fails is reported, and once', async () => {
  const said: string[] = [];
  diag.setLogger(warningLogger((text) => said.push(text)));
  context.setGlobalContextManager(new BrokenManager('before').enable());
  const span = new Proxy({}, { get: (_, name) => (name === 'spanContext' ? () => PARENT : fail) }) as Span;
  const { inSpan, recordSpan } = await import('./in-span.ts');
  for (let run = 0; run < 2; run++) {
    await assert.rejects(inSpan('work', { tracer: tracer(() => span) }, fail), /telemetry is broken/);
    recordSpan('wait', { tracer: tracer(() => span), endTime: new Date() });
    recordSpan('wait', { tracer: tracer(fail), endTime: new Date() });
  }
  diag.disable();
  assert.deepEqual(
    said,
    ['set the current context', 'record an error', 'end a span', 'start a span'].map(
      (what) => `Failed to ${what}; the work continues. Later failures of this kind are not reported.`,
    ),
  );
});

for (const [
  what,
  { provider = {}, manager = new AsyncLocalStorageContextManager().enable() },
] of Object.entries(PARTS)) {
  test(`${what} leaves the work alone`, async () => {
    context.setGlobalContextManager(manager);
    trace.setGlobalTracerProvider(new TracerProvider(provider));
    const { inSpan, recordSpan } = await freshInSpan();
    let runs = 0;
    const result = await inSpan('work', { context: from }, async (span) => {
      runs++;
      assert.match(span.spanContext().traceId, /^a{32}$/, 'the trace is carried on');
      return 'done';
    });
    assert.equal(result, 'done');
    await assert.rejects(
      inSpan('work', {}, async () => {
        runs++;
        throw new TypeError('the work failed');
      }),
      /the work failed/,
    );
    assert.equal(runs, 2);
    const span = recordSpan('wait', { context: from, endTime: new Date() });
    assert.equal(span.spanContext().traceId, PARENT.traceId);
  });
}

for (const way of [fail, huge]) {
  test(`a propagator that ${way.name === 'fail' ? 'throws' : 'gives too much'} leaves the work alone`, () => {
    propagation.setGlobalPropagator({ inject: way, extract: way, fields: () => ['traceparent'] });
    assert.equal(captureContext(from), undefined);
    assert.doesNotThrow(() => extractContext({ traceparent: 'x' }));
  });
}
