import type { Line } from '../hops/hop.ts';
import { OVERSIZE, parent, SPAN_ID, TRACE_ID, traceparent, type CarrierCase } from './carrier-case.ts';

const otherTypes: unknown[] = [42, -1, 1e300, true, false, null];
const objects: unknown[] = [{}, { $gt: '' }, { traceparent }, [], [traceparent], ['a', 1], [[]], new Date(0)];
const texts: unknown[] = ['', ' ', 'null', 'traceparent', '-'.repeat(55)];

/** Traceparents of every type. A text medium carries them as JSON. */
export const garbage: CarrierCase[] = [otherTypes, objects, texts].flat().map((value) => ({
  name: `a traceparent of ${JSON.stringify(value)}`,
  lines: [['traceparent', value]],
  expect: undefined,
}));

const malformed: [string, Line[]][] = [
  ['no field', []],
  ['upper-case digits', [['traceparent', traceparent.toUpperCase()]]],
  ['a trace id of zeros', [['traceparent', traceparent.replace(TRACE_ID, '0'.repeat(32))]]],
  ['a span id of zeros', [['traceparent', traceparent.replace(SPAN_ID, '0'.repeat(16))]]],
  ['version ff', [['traceparent', traceparent.replace('00', 'ff')]]],
  ['version 00 with a tail', [['traceparent', `${traceparent}-more`]]],
  ['an oversize traceparent', [['traceparent', traceparent + '-'.repeat(OVERSIZE)]]],
  ['a newline after traceparent', [['traceparent', `${traceparent}\n`]]],
  ['a newline before traceparent', [['traceparent', `\n${traceparent}`]]],
  ['two traceparents', [parent, parent]],
  ['a state without parent', [['tracestate', 'a=1']]],
  [
    'prototypes as fields',
    [
      ['__proto__', { traceparent }],
      ['constructor', 'x'],
      ['toString', 'x'],
    ],
  ],
];

/** Inputs from which no context may be extracted. */
export const refused: CarrierCase[] = malformed.map(([name, lines]) => ({ name, lines, expect: undefined }));

/** Unusual inputs that have to be accepted, according to W3C. */
export const lenient: CarrierCase[] = [
  {
    name: 'whitespace around a value',
    lines: [['traceparent', ` \t${traceparent}  `]],
    expect: { traceparent },
  },
  {
    name: 'a later version',
    lines: [['traceparent', traceparent.replace('00', 'cc')]],
    expect: { traceparent },
  },
  {
    name: 'a later version with a tail',
    lines: [['traceparent', `${traceparent.replace('00', 'cc')}-tail`]],
    expect: { traceparent },
  },
  {
    name: 'more flags than are known',
    lines: [['traceparent', traceparent.replace(/01$/, 'ff')]],
    expect: { traceparent: traceparent.replace(/1$/, '3') },
  },
  {
    name: 'fields of other systems',
    lines: [parent, ['x-request-id', '7'], ['b3', '0']],
    expect: { traceparent },
  },
];
