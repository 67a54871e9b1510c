import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Context } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import * as fc from 'fast-check';
import type { Carrier } from './carrier.ts';
import { extractContext } from './extract.ts';
import { captureContext, injectContext } from './inject.ts';
import { MAX_FIELD_BYTES } from './limits.ts';
import { StrictTraceContextPropagator } from './strict/propagator.ts';
import { anyContext, anyInput } from './testing/arbitraries.ts';
import { media as allMedia, type Medium } from './testing/media.ts';
import { w3c, withPropagator } from './testing/propagators.ts';

// Few runs, so that `npm test` is short. Use PROPERTY_RUNS=10000 for the full number.
const numRuns = Number(process.env.PROPERTY_RUNS ?? 200);

const strict = new CompositePropagator({
  propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()],
});

const media = Object.values(allMedia);

function pass(source: Context, { carrier, create }: Medium): Context {
  return extractContext(injectContext(source, create(), carrier), carrier);
}

test('any context survives any chain of carriers', () => {
  const large = media.filter(({ isSmall }) => !isSmall);
  const chain = fc.array(fc.constantFrom(...large), { minLength: 1, maxLength: 6 });
  withPropagator(strict, () =>
    fc.assert(
      fc.property(anyContext, chain, (source, hops) => {
        assert.deepEqual(captureContext(hops.reduce(pass, source)), captureContext(source));
      }),
      { numRuns },
    ),
  );
});

test('no input makes extract throw or change prototypes', () => {
  const before = Object.getOwnPropertyNames(Object.prototype);
  for (const propagator of [w3c, strict])
    withPropagator(propagator, () =>
      fc.assert(
        fc.property(anyInput, fc.constantFrom(...media), (input, { carrier }) => {
          const extracted = extractContext(input, carrier);
          assert.doesNotThrow(() => [captureContext(extracted), carrier.keys(input)]);
          assert.deepEqual(Object.getOwnPropertyNames(Object.prototype), before);
        }),
        { numRuns },
      ),
    );
});

const repeated = [
  ' ',
  '\t',
  ',',
  '=',
  '-',
  '$',
  '$(',
  '$$(',
  '%',
  '%2',
  ';',
  ',a',
  'a=1,',
  '@',
  '0',
  '00-',
  '\n',
  'é',
];

test('extract takes linear time for every input', () => {
  const length = 1_000_000;
  for (const propagator of [w3c, strict])
    withPropagator(propagator, () => {
      for (const { carrier, create } of media)
        for (const part of repeated) {
          // Both sides of the limit: a value that is too long, and the longest value that is parsed.
          for (const bytes of [length, MAX_FIELD_BYTES])
            assertQuick(carrier, create(), part.repeat(bytes / part.length));
        }
    });
});

// Ten times the longest time on a slow machine. A quadratic path takes seconds.
const MAX_MS = 250;

function assertQuick(carrier: Carrier<unknown>, target: unknown, value: string): void {
  for (const field of ['traceparent', 'tracestate', 'baggage']) writeUnchecked(carrier, target, field, value);
  // CPU time, not wall-clock time, because other processes may use the processor.
  const start = process.cpuUsage();
  extractContext(target, carrier);
  const { user, system } = process.cpuUsage(start);
  const elapsedMs = (user + system) / 1_000;
  assert.ok(elapsedMs < MAX_MS, `${JSON.stringify(value.slice(0, 8))}… took ${elapsedMs} ms`);
}

// The setter limits values, so this writes a short value, and then replaces it with the long one.
function writeUnchecked(carrier: Carrier<unknown>, target: unknown, field: string, value: string): void {
  carrier.set(target, field, 'placeholder');
  if (Array.isArray(target)) target.push(withValue(target.pop(), field, value));
  else
    for (const key of Object.keys(target as object))
      if (key.toLowerCase().endsWith(field)) Reflect.set(target as object, key, value);
}

/** Replaces the value in an item of a list: a line of text, a variable, or a header. */
function withValue(item: unknown, field: string, value: string): unknown {
  if (typeof item === 'string') return item.replace('placeholder', () => value);
  const name = Object.keys(item as object).includes(field) ? field : 'value';
  return { ...(item as object), [name]: value };
}
