import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Tracer } from '@opentelemetry/api';
import { AlwaysOnSampler, TracerProvider } from '@opentelemetry/sdk-trace';
import { strict, w3c } from './cases/carrier-case.ts';
import type { W3cCase } from './cases/w3c-case.ts';
import { advancedCases, traceparentCases } from './cases/w3c-traceparent.ts';
import { tracestateCases } from './cases/w3c-tracestate.ts';
import type { Arrival, Hop } from './hops/hop.ts';
import { assertCalls, callsOf } from './w3c-service.ts';
import { withPropagator } from './with-propagator.ts';

// STRICT_LEVEL 2 and SPEC_LEVEL 2 of https://github.com/w3c/trace-context/tree/main/test: 41 tests.
export const suite = [...traceparentCases, ...tracestateCases, ...advancedCases];

// Upstream's known failures, which docs/reference/w3c-differences.md names. When upstream fixes one, remove it from both lists.
const UPSTREAM_FALLS_SHORT = [
  'test_tracestate_key_illegal_vendor_format',
  'test_tracestate_key_length_limit',
  'test_tracestate_member_count_limit',
  'test_tracestate_value_illegal_characters',
  'test_propagates_random_flag',
];

/** Runs the suite of W3C over the hop with this name. */
export async function runW3cSuite(t: TestContext, hopName: string, open: () => Promise<Hop>): Promise<void> {
  const provider = new TracerProvider({ sampler: new AlwaysOnSampler() });
  const tracer = provider.getTracer('conformance');
  const hop = await open();
  t.after(() => Promise.all([hop.close?.(), provider.shutdown()]));
  const arrivals = await sendAll(hop);
  for (const row of suite)
    await t.test(`${row.name}, over ${hopName}`, () => {
      withPropagator(strict, () => assertCase(tracer, row, arrivals));
    });
  await t.test(`upstream falls short where it is known to, over ${hopName}`, () => {
    const failed = withPropagator(w3c, () => suite.filter((row) => !holds(tracer, row, arrivals)));
    assert.deepEqual(failed.map((row) => row.name).toSorted(), UPSTREAM_FALLS_SHORT.toSorted());
  });
}

type Arrivals = Map<W3cCase, Arrival[]>;

async function sendAll(hop: Hop): Promise<Arrivals> {
  const carriers = suite.flatMap(({ requests }) =>
    requests.map(({ lines }) => {
      const carrier = hop.create();
      hop.write(carrier, lines);
      return carrier;
    }),
  );
  const arrived = await hop.carry(carriers);
  return new Map(suite.map((row) => [row, arrived.splice(0, row.requests.length)]));
}

function assertCase(tracer: Tracer, row: W3cCase, arrivals: Arrivals): void {
  const arrived = arrivals.get(row) ?? [];
  assert.equal(arrived.length, row.requests.length);
  for (const [index, request] of row.requests.entries()) {
    const arrival = arrived[index] ?? assert.fail();
    assertCalls(callsOf(tracer, arrival, request), request);
  }
}

function holds(tracer: Tracer, row: W3cCase, arrivals: Arrivals): boolean {
  try {
    assertCase(tracer, row, arrivals);
    return true;
  } catch (error) {
    if (error instanceof assert.AssertionError) return false;
    throw error;
  }
}
