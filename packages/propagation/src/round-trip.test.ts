import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propagation, trace, TraceFlags, type Context } from '@opentelemetry/api';
import { withBaggageAllowList } from './edge/baggage-allow-list.ts';
import { extractContext } from './extract.ts';
import { injectContext } from './inject.ts';
import { propagators } from './testing/all-propagators.ts';
import { media, type Medium } from './testing/media.ts';
import { exampleContext, SPAN_ID, TRACE_ID, withPropagator } from './testing/propagators.ts';

const baggageIn = (context: Context) =>
  Object.fromEntries(
    (propagation.getBaggage(context)?.getAllEntries() ?? []).map(([key, { value }]) => [key, value]),
  );

function withBaggage(entries: Record<string, string>, traceFlags?: number): Context {
  const pairs = Object.entries(entries).map(([key, value]) => [key, { value }]);
  return propagation.setBaggage(
    exampleContext(traceFlags),
    propagation.createBaggage(Object.fromEntries(pairs)),
  );
}

const fieldsIn = (from: unknown, { carrier }: Medium) =>
  carrier.keys(from).map((field) => [field, carrier.get(from, field)]);

const read = (carrier: unknown, medium: Medium) => extractContext(carrier, medium.carrier);

for (const [name, { propagator, hasBaggage, traceIdDigits = 32 }] of Object.entries(propagators))
  for (const [place, medium] of Object.entries(media)) {
    const write = (source: Context, carrier = medium.create()) =>
      injectContext(source, carrier, medium.carrier);

    test(`${name} makes the round trip through ${place}`, () => {
      for (const flags of [TraceFlags.SAMPLED, TraceFlags.NONE])
        withPropagator(propagator, () => {
          const context = read(write(withBaggage({ tenant: 'acme' }, flags)), medium);
          const { traceId, spanId, traceFlags } = trace.getSpanContext(context) ?? {};
          assert.deepEqual(
            { traceId, spanId, traceFlags },
            { traceId: TRACE_ID.slice(-traceIdDigits).padStart(32, '0'), spanId: SPAN_ID, traceFlags: flags },
          );
          assert.deepEqual(baggageIn(context), hasBaggage ? { tenant: 'acme' } : {});
        });
    });

    test(`${name} leaves nothing of an earlier inject in ${place}`, () => {
      for (const outer of [propagator, withBaggageAllowList(propagator, ['tenant'])])
        withPropagator(outer, () => {
          const carrier = write(withBaggage({ tenant: 'acme', 'tenant.region': 'north' }));
          write(exampleContext(), carrier);
          assert.deepEqual(baggageIn(read(carrier, medium)), {});
          const fresh = write(exampleContext());
          assert.deepEqual(fieldsIn(carrier, medium), fieldsIn(fresh, medium));
          if (!medium.notesWhatIsCleared) assert.deepEqual(carrier, fresh);
        });
    });
  }
