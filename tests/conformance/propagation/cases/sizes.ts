import { OVERSIZE, parent, strict, traceparent, type CarrierCase } from './carrier-case.ts';

const long = `a=${'v'.repeat(252)}`;
const characters512 = `${long},b=${'v'.repeat(255)}`;
const characters513 = `${long},b=${'v'.repeat(256)}`;

/** Limits of `tracestate`: W3C's with the strict propagator, and upstream's in the other cases. */
export const states: CarrierCase[] = [
  state('two lines of state', 'a=1,b=2', ['a=1', 'b=2']),
  state('32 members', members(32)),
  state('33 members: the first 32', members(32), [members(33)]),
  { ...state('33 members, strictly: none', undefined, [members(33)]), propagator: strict },
  state('512 characters', characters512),
  state('513 characters: a member goes', long, [characters513]),
  { ...state('513 characters, strictly: all', characters513), propagator: strict },
  {
    ...state('a state too long for a carrier', undefined, [`a=${'v'.repeat(OVERSIZE)}`]),
    propagator: strict,
  },
  state('a newline in the state', undefined, ['a=1\nb=2']),
  state('a state of another type', undefined, [{ a: 1 }]),
];

const pair = (key: string, bytes: number) => `${key}=${'v'.repeat(bytes - 2)}`;
const bytes8192 = `${pair('k', 4095)},${pair('l', 4096)}`;

/** Limits of `baggage`. */
export const baggages: CarrierCase[] = [
  baggage('baggage of 64 members', members(64)),
  baggage('baggage of 8192 bytes', bytes8192),
  baggage('baggage of 8193 bytes', pair('k', 4096), `${pair('k', 4096)},${pair('l', 4096)}`),
  baggage('baggage with a bad percent', 'b=2', 'a=%zz,b=2'),
  baggage('baggage named as a prototype', undefined, '__proto__=x'),
  baggage('baggage with metadata', 'a=1;p=$(SECRET)'),
  baggage('baggage of another type', undefined, 7),
  baggage('oversize baggage', undefined, `a=1,b=${'v'.repeat(OVERSIZE)}`),
];

function state(name: string, expected: string | undefined, sent: unknown[] = [expected]): CarrierCase {
  const expect = { traceparent, ...(expected !== undefined && { tracestate: expected }) };
  return { name, lines: [parent, ...sent.map((value) => ['tracestate', value] as const)], expect };
}

function baggage(name: string, expected: string | undefined, sent: unknown = expected): CarrierCase {
  const expect = { traceparent, ...(expected !== undefined && { baggage: expected }) };
  return { name, lines: [parent, ['baggage', sent]], expect };
}

function members(count: number): string {
  return Array.from({ length: count }, (_, index) => `k${String(index).padStart(2, '0')}=${index}`).join(',');
}
