import { propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { StrictTraceState } from '../strict/trace-state.ts';

const HEX_DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16));

const hex = (length: number) =>
  fc
    .string({ unit: fc.constantFrom(...HEX_DIGITS), minLength: length, maxLength: length })
    .filter((id) => /[^0]/.test(id));

const characters = Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index));
const stateValue = fc
  .string({
    unit: fc.constantFrom(...characters.filter((c) => !',='.includes(c))),
    minLength: 1,
    maxLength: 60,
  })
  .map((value) => `${value.trimEnd()}$`);
const stateMember = fc.tuple(fc.stringMatching(/^[a-z][a-z0-9_\-*/@]{0,20}$/), stateValue);
// Upstream's baggage propagator loses an entry with the key `__proto__`, so no carrier can restore it.
const baggageKey = fc.string({ minLength: 1, maxLength: 20 }).filter((key) => key.trim() !== '__proto__');
const baggageEntries = fc.dictionary(baggageKey, fc.string({ minLength: 1, maxLength: 40 }), {
  maxKeys: 8,
});

/** Generates any possible context: IDs, flags, state, and baggage. */
export const anyContext = fc
  .record({
    traceId: hex(32),
    spanId: hex(16),
    traceFlags: fc.integer({ min: 0, max: 255 }),
    members: fc.array(stateMember, { maxLength: 32 }),
    baggage: baggageEntries,
  })
  .map(({ members, baggage, ...spanContext }) => {
    const traceState = members.reduce((state, [key, value]) => state.set(key, value), new StrictTraceState());
    const source = trace.setSpanContext(ROOT_CONTEXT, { ...spanContext, traceState });
    const entries = Object.entries(baggage).map(([key, value]) => [key, { value }] as const);
    return propagation.setBaggage(source, propagation.createBaggage(Object.fromEntries(entries)));
  });

const nearlyValid = fc
  .tuple(fc.stringMatching(/^0{0,2}f{0,2}$/), hex(32), hex(16), fc.string({ maxLength: 3 }))
  .map((parts) => parts.join('-'));
const fieldName = fc.constantFrom(
  'traceparent',
  'tracestate',
  'baggage',
  'TRACEPARENT',
  'TRACESTATE',
  'BAGGAGE',
  'tracing.k8s.io/traceparent',
  '__proto__',
  'constructor',
  'name',
  'value',
  'length',
);

/** Generates anything that a carrier may turn out to be, much of it nearly valid. */
export const anyInput = fc.oneof(
  fc.anything({
    withNullPrototype: true,
    withDate: true,
    withBigInt: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.dictionary(fieldName, fc.oneof(fc.anything(), nearlyValid, fc.string()), { noNullPrototype: false }),
  fc.array(fc.record({ name: fieldName, value: fc.oneof(fc.anything(), nearlyValid) })),
);
