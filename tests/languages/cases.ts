/** The input for a language: fields to extract, and changes before the context is injected again. */
export interface Case {
  name: string;
  fields: Record<string, string>;
  /** A member that a sampler or a vendor adds to the tracestate. */
  add?: [key: string, value: string];
  baggage?: Record<string, string>;
}

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const SPAN_ID = 'b7ad6b7169203331';
const withFlags = (flags: string) => `00-${TRACE_ID}-${SPAN_ID}-${flags}`;
const traceparent = withFlags('01');

const members = (count: number) =>
  Array.from({ length: count }, (_, index) => `k${index}=${index}`).join(',');
const state = (name: string, tracestate: string): Case => ({ name, fields: { traceparent, tracestate } });
const parent = (name: string, value: string): Case => ({ name, fields: { traceparent: value } });
const baggage = (name: string, value: string): Case => ({ name, fields: { traceparent, baggage: value } });

/** Normal contexts, and values that other programs wrote. */
export const CASES: readonly Case[] = [
  parent('sampled', traceparent),
  parent('not sampled', withFlags('00')),
  parent('sampled, random trace id', withFlags('03')),
  parent('all flags', withFlags('ff')),
  parent('a later version with a tail', `cc-${TRACE_ID}-${SPAN_ID}-01-tail`),
  parent('version 00 with a tail', `${traceparent}-tail`),
  parent('version ff', `ff-${TRACE_ID}-${SPAN_ID}-01`),
  parent('upper-case digits', traceparent.toUpperCase()),
  parent('a trace id of zeros', traceparent.replace(TRACE_ID, '0'.repeat(32))),
  parent('a line break at the end', `${traceparent}\n`),
  parent('spaces around', ` ${traceparent} `),
  parent('two values joined', `${traceparent},${traceparent}`),
  parent('no value', ''),
  state('a state', 'a=1,b=2'),
  state('a state with spaces and empty members', ' a=1 , ,b=2,'),
  state('a state with one bad member', 'a=1,B=2'),
  state('a state with a key twice', 'a=1,b=2,a=3'),
  state('a state of 32 members', members(32)),
  state('a state of 33 members', members(33)),
  state('a state of more than 512 characters', `a=${'v'.repeat(250)},b=${'v'.repeat(256)},c=3`),
  state('a state that names a variable', 'a=$(SECRET)'),
  state('a state that starts with a digit', '1a=1'),
  { ...state('a member is added', 'a=1'), add: ['ot', 'th:8'] },
  { ...state('a 33rd member is added', members(32)), add: ['ot', 'th:8'] },
  baggage('baggage', 'a=1,b=2'),
  baggage('baggage with percent signs', 'a=%20%C3%A9'),
  baggage('baggage with a bad percent sign', 'a=%zz,b=2'),
  baggage('baggage with a property', 'a=1;p=2'),
  baggage('baggage beyond ASCII', 'a=Zoë'),
  baggage('baggage with spaces', 'a = 1 , b = 2'),
  baggage('baggage with an empty value', 'a=,b=2'),
  baggage('baggage of 65 entries', members(65)),
  baggage('baggage of 8193 bytes', `a=${'v'.repeat(4094)},b=${'v'.repeat(4094)}`),
  { ...parent('an entry of text is set', traceparent), baggage: { name: 'Zoë, $(SECRET) 🥇' } },
  { ...parent('an entry named with a space is set', traceparent), baggage: { 'a b': '1' } },
];
