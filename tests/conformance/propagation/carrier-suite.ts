import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { injectContext } from '@beyond-headers/propagation';
import { parent, traceparent, verdictOf, w3c, type CarrierCase } from './cases/carrier-case.ts';
import { garbage, lenient, refused } from './cases/inputs.ts';
import { roundTrips } from './cases/round-trips.ts';
import { baggages, states } from './cases/sizes.ts';
import type { Hop } from './hops/hop.ts';
import { withPropagator } from './with-propagator.ts';

const table: CarrierCase[] = [...roundTrips, ...garbage, ...refused, ...lenient, ...states, ...baggages];

/** Runs every case over the hop with this name. */
export async function runCarrierSuite(
  t: TestContext,
  hopName: string,
  open: () => Promise<Hop>,
): Promise<void> {
  const hop = await open();
  t.after(() => hop.close?.());
  await runTable(t, hopName, hop);
  await t.test(`what was injected before is replaced, over ${hopName}`, () => assertReplaces(hop));
  await t.test(`names in the wrong case are not fields, over ${hopName}`, () => assertCase(hop));
}

async function runTable(t: TestContext, hopName: string, hop: Hop): Promise<void> {
  const arrivals = await hop.carry(table.map((row) => send(hop, row)));
  for (const [index, { name, propagator = w3c, expect }] of table.entries())
    await t.test(`${name}, over ${hopName}`, () => {
      const arrival = arrivals[index];
      assert.ok(arrival, 'something arrived');
      assert.deepEqual(
        withPropagator(propagator, () => verdictOf(arrival)),
        expect,
      );
      assert.equal(Reflect.get({}, 'traceparent'), undefined, 'no prototype was touched');
    });
}

function send(hop: Hop, { inject, lines = [], propagator = w3c }: CarrierCase): unknown {
  const carrier = hop.create();
  if (inject) withPropagator(propagator, () => injectContext(inject, carrier, hop.carrier));
  hop.write(carrier, lines);
  return carrier;
}

// The one rule in which media differ: names of HTTP headers are case-insensitive, and all others are case-sensitive.
async function assertCase(hop: Hop): Promise<void> {
  const carrier = hop.create();
  if (hop.writeMiscased) hop.writeMiscased(carrier, traceparent);
  else hop.write(carrier, [['TraceParent', traceparent]]);
  const [arrival] = await hop.carry([carrier]);
  const verdict = withPropagator(w3c, () => arrival && verdictOf(arrival));
  assert.deepEqual(verdict, hop.writeMiscased ? undefined : { traceparent });
}

function assertReplaces(hop: Hop): void {
  const carrier = hop.create();
  hop.write(carrier, [parent, ['tracestate', 'stale=1']]);
  const [fresh] = roundTrips;
  withPropagator(w3c, () => injectContext(fresh?.inject ?? assert.fail(), carrier, hop.carrier));
  assert.equal(hop.carrier.get(carrier, 'traceparent'), traceparent);
  assert.equal(hop.carrier.get(carrier, 'tracestate'), undefined);
  assert.equal(hop.carrier.keys(carrier).length, 1, 'one field, no duplicate');
}
