import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { v1EnvVarCarrier, type V1EnvVarLike } from '../carriers/v1-env-var.ts';
import { extractContext } from '../extract.ts';
import { captureContext, injectContext } from '../inject.ts';
import { w3c, withPropagator } from '../testing/propagators.ts';
import { allowBaggage, withBaggageAllowList } from './baggage-allow-list.ts';

const tier = 'demo.customer.tier';
const propagator = withBaggageAllowList(w3c, [tier]);

function baggageOf(entries: Record<string, string>) {
  const pairs = Object.entries(entries).map(([key, value]) => [key, { value }]);
  return propagation.setBaggage(ROOT_CONTEXT, propagation.createBaggage(Object.fromEntries(pairs)));
}

test('injects only allowed baggage', () => {
  const source = baggageOf({ [tier]: 'gold', 'customer.email': 'a@b.example' });
  withPropagator(propagator, () => {
    assert.deepEqual(captureContext(source), { baggage: `${tier}=gold` });
    const env = injectContext<V1EnvVarLike[]>(source, [], v1EnvVarCarrier);
    assert.deepEqual(env, [{ name: 'BAGGAGE', value: `${tier}=gold` }]);
  });
});

test('extracts only allowed baggage', () => {
  withPropagator(propagator, () => {
    const incoming = extractContext({ baggage: `${tier}=gold,secret=1` });
    assert.deepEqual(propagation.getBaggage(incoming)?.getAllEntries(), [[tier, { value: 'gold' }]]);
    assert.equal(propagation.getBaggage(extractContext({ baggage: 'secret=1' })), undefined);
  });
});

test('own baggage is not the concern of extract', () => {
  const own = baggageOf({ 'own.key': '1' });
  withPropagator(propagator, () => assert.equal(extractContext({}, undefined, own), own));
});

test('allowed baggage is left as it is', () => {
  const source = baggageOf({ [tier]: 'gold' });
  assert.equal(allowBaggage(source, new Set([tier])), source);
  assert.equal(allowBaggage(ROOT_CONTEXT, new Set()), ROOT_CONTEXT);
  assert.deepEqual(propagator.fields(), w3c.fields());
});

test('refusing baggage changes no other value', () => {
  const source = baggageOf({ [tier]: 'gold', other: '1' });
  allowBaggage(source, new Set([tier]));
  assert.equal(propagation.getBaggage(source)?.getAllEntries().length, 2);
});

test('keys are a list or a set, also with spaces', () => {
  const source = baggageOf({ [tier]: 'gold', tenant: 'acme', other: '1' });
  const keys = `other-key, ${tier} `.split(',');
  for (const each of [keys, new Set(keys)]) {
    const kept = propagation.getBaggage(allowBaggage(source, each))?.getAllEntries();
    assert.deepEqual(kept, [[tier, { value: 'gold' }]]);
    const wrapped = withBaggageAllowList(w3c, each);
    withPropagator(wrapped, () => assert.deepEqual(captureContext(source), { baggage: `${tier}=gold` }));
  }
});

test('what is not a list of keys is refused', () => {
  const wrong: Record<string, unknown> = {
    '"tenant"': 'tenant',
    undefined: undefined,
    null: null,
    '[object Object]': { tenant: true },
    // A map gives pairs, of which none is the name of a key.
    '[object Map]': new Map([['tenant', 'gold']]),
    '["tenant",7]': ['tenant', 7],
    '[null]': [undefined],
  };
  for (const [name, keys] of Object.entries(wrong)) {
    const refused = {
      name: 'TypeError',
      message: `The baggage allow-list is ${name}. Expected a list of strings: ["tenant"]`,
    };
    assert.throws(() => withBaggageAllowList(w3c, keys as string[]), refused);
    assert.throws(() => allowBaggage(ROOT_CONTEXT, keys as string[]), refused);
  }
  // @ts-expect-error: the compiler refuses it too
  assert.throws(() => withBaggageAllowList(w3c, 'tenant'));
});
