import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { extractContext } from '../extract.ts';
import { injectContext } from '../inject.ts';
import { fieldNames, holdsNothing, readField, removeField } from './own-fields.ts';
import type { Carrier } from '../carrier.ts';
import { annotationsCarrier } from './annotations.ts';
import { documentCarrier } from './document.ts';
import { mapCarrier } from './map.ts';
import { processEnvCarrier } from './process-env.ts';
import { warningsOf } from '../testing/warnings.ts';
import { exampleContext, TRACE_ID, TRACEPARENT, w3c, withPropagator } from '../testing/propagators.ts';

const traceIdIn = (carrier: unknown) =>
  withPropagator(w3c, () => trace.getSpanContext(extractContext(carrier))?.traceId);

class Accessors {
  #traceparent: string | undefined = TRACEPARENT;
  get traceparent(): string | undefined {
    return this.#traceparent;
  }
  set traceparent(value: string | undefined) {
    this.#traceparent = value;
  }
}

class Inheriting extends Accessors {}

class Field {
  traceparent = TRACEPARENT;
}

const stored = { traceparent: TRACEPARENT };
const readable: Record<string, unknown> = {
  'a plain object': stored,
  'an object without prototype': Object.assign(Object.create(null), stored),
  'an instance with a field': new Field(),
  'an instance with an accessor': new Accessors(),
  'an instance with an inherited accessor': new Inheriting(),
  'a Map': new Map([['traceparent', TRACEPARENT]]),
  'the headers of Fetch': new Headers(stored),
  'a Proxy of an object': new Proxy(stored, {}),
  'a Proxy that makes values up': new Proxy({}, { get: (_, name) => Reflect.get(stored, name) as unknown }),
};

for (const [name, carrier] of Object.entries(readable))
  test(`context is read from ${name}`, () => assert.equal(traceIdIn(carrier), TRACE_ID));

test('an inject replaces what accessors held', () => {
  const carrier = new Accessors();
  withPropagator(w3c, () => injectContext(ROOT_CONTEXT, carrier));
  assert.equal(carrier.traceparent, undefined);
});

test('a carrier that is text or a list is named once', () => {
  const said = warningsOf(() =>
    withPropagator(w3c, () => {
      for (const absent of [undefined, null, '', []]) extractContext(absent);
      injectContext(exampleContext(), Object.entries(stored));
      for (const wrong of [JSON.stringify(stored), Object.entries(stored)] as unknown[])
        for (const carrier of [documentCarrier, processEnvCarrier, mapCarrier] as Carrier<unknown>[]) {
          assert.equal(extractContext(wrong, carrier), ROOT_CONTEXT);
          if (Array.isArray(wrong)) injectContext(exampleContext(), wrong, carrier);
          assert.deepEqual(Object.keys(wrong as object), Object.keys(Array.from(wrong as string)));
        }
    }),
  );
  const forLists =
    'got a list. Expected an object with fields. For a list, use kafkaHeadersCarrier, v1EnvVarCarrier, or Object.fromEntries().';
  assert.deepEqual(said, [
    `Wrote no context: ${forLists}`,
    'Read no context: got text. Expected an object with fields. If the text is JSON, use JSON.parse().',
    `Read no context: ${forLists}`,
  ]);
});

test('each carrier of fields writes into a map', () => {
  for (const carrier of [documentCarrier, processEnvCarrier, annotationsCarrier] as Carrier<unknown>[]) {
    const map = new Map<string, string>();
    withPropagator(w3c, () => {
      injectContext(exampleContext(), map, carrier);
      assert.equal(trace.getSpanContext(extractContext(map, carrier))?.traceId, TRACE_ID);
      injectContext(ROOT_CONTEXT, map, carrier);
    });
    assert.equal(map.size, 0);
  }
});

test('nothing is read from what all objects share', (t) => {
  const shared = Object.getPrototypeOf({}) as object;
  t.after(() => Reflect.deleteProperty(shared, 'traceparent'));
  for (const property of [{ value: TRACEPARENT }, { get: () => TRACEPARENT }]) {
    Object.defineProperty(shared, 'traceparent', { ...property, configurable: true });
    for (const carrier of [{}, new Inheriting(), [], new Map()])
      assert.equal(traceIdIn(carrier), carrier instanceof Inheriting ? TRACE_ID : undefined);
  }
});

test('nothing is read from an inherited value', () => {
  assert.equal(traceIdIn(Object.create(stored)), undefined);
  assert.equal(traceIdIn(Object.create(new Field())), undefined);
});

test('an accessor of the object itself stays, without a value', () => {
  let value: string | undefined = TRACEPARENT;
  const carrier = Object.defineProperty({}, 'traceparent', {
    get: () => value,
    set(next: string | undefined) {
      value = next;
    },
    configurable: true,
    enumerable: true,
  });
  removeField(carrier, 'traceparent');
  assert.equal(value, undefined);
  assert.ok(Object.hasOwn(carrier, 'traceparent'));
});

test('a field that is not there is not written', () => {
  const carrier = new Proxy({}, { set: () => assert.fail('nothing is to be written') });
  removeField(carrier, 'traceparent');
});

test('what has some methods of a map is an object', () => {
  const map = new Map([['field', 'of the map']]);
  const methods = {
    get: map.get.bind(map),
    set: map.set.bind(map),
    keys: map.keys.bind(map),
    delete: map.delete.bind(map),
  };
  assert.equal(readField(methods, 'field'), 'of the map');
  for (const missing of ['get', 'set', 'keys'] as const)
    assert.equal(readField({ ...methods, [missing]: 'text', field: 'own' }, 'field'), 'own', missing);
});

test('the names of a map are its texts', () => {
  assert.deepEqual(
    fieldNames(
      new Map<unknown, string>([
        [1, 'a'],
        ['b', 'c'],
      ]),
    ),
    ['b'],
  );
});

test('what every object has is not a field', () => {
  assert.equal(readField({}, '__proto__'), undefined);
});

test('only a plain object without fields holds nothing', () => {
  assert.equal(holdsNothing({}), true);
  for (const carrier of [{ a: 1 }, new Accessors(), new Map(), new Headers(), Object.create(null) as object])
    assert.equal(holdsNothing(carrier), false);
});
