import { parentLine, type HeaderLine, type W3cCase, type W3cRequest } from './w3c-case.ts';

const unsampled = parentLine({ flags: '00' });

function request(states: readonly string[], expected: Omit<W3cRequest, 'lines' | 'trace'>): W3cRequest {
  const lines = states.map((value): HeaderLine => ['tracestate', value]);
  return { lines: [unsampled, ...lines], trace: 'joined', ...expected };
}

function inherits(states: string | string[], state: W3cRequest['state']): W3cRequest {
  return request([states].flat(), { state: state ?? {} });
}

const discards = (states: string | string[]) => request([states].flat(), { members: 0 });

function named(name: string, expected: Partial<W3cRequest>): W3cRequest {
  return { lines: [unsampled, [name, 'foo=1']], trace: 'joined', ...expected };
}

const key = 'abcdefghijklmnopqrstuvwxyz0123456789_-*/';
// Every printable character except comma and equals sign, ending in one that is not a space.
const value = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index))
  .filter((character) => !',='.includes(character))
  .join('');

function bars(from: number, to: number): string {
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => String(from + index).padStart(2, '0'));
  return numbers.map((number) => `bar${number}=${number}`).join(',');
}
const thirtyBars = [bars(1, 10), bars(11, 20), bars(21, 30)];

const keysOfFullLength = [
  'z'.repeat(256),
  `${'t'.repeat(241)}@${'v'.repeat(14)}`,
  `${'t'.repeat(242)}@v`,
  `t@${'v'.repeat(15)}`,
];

/** The tests on `tracestate` in `TraceContextTest`. Names: https://github.com/w3c/trace-context/blob/main/test/test.py */
export const tracestateCases: readonly W3cCase[] = [
  {
    name: 'test_tracestate_included_traceparent_missing',
    requests: ['foo=1', 'foo=1,bar=2'].map((state) => ({
      lines: [['tracestate', state]],
      trace: 'new',
      members: 0,
    })),
  },
  {
    name: 'test_tracestate_included_traceparent_included',
    requests: [inherits('foo=1,bar=2', { foo: '1', bar: '2' })],
  },
  {
    name: 'test_tracestate_header_name',
    requests: ['trace-state', 'trace.state'].map((name) => named(name, { members: 0 })),
  },
  {
    name: 'test_tracestate_header_name_valid_casing',
    requests: ['TraceState', 'TrAcEsTaTe', 'TRACESTATE'].map((name) => named(name, { state: { foo: '1' } })),
  },
  {
    name: 'test_tracestate_empty_header',
    requests: [discards(''), inherits(['foo=1', ''], { foo: '1' }), inherits(['', 'foo=1'], { foo: '1' })],
  },
  {
    name: 'test_tracestate_multiple_headers_different_keys',
    requests: [
      request(['foo=1,bar=2', 'rojo=1,congo=2', 'baz=3'], {
        state: { foo: '1', bar: '2', rojo: '1', congo: '2', baz: '3' },
        order: ['foo', 'bar', 'rojo', 'congo', 'baz'],
      }),
    ],
  },
  {
    name: 'test_tracestate_duplicated_keys',
    requests: ['foo=1,foo=1', 'foo=1,foo=2', ['foo=1', 'foo=1'], ['foo=1', 'foo=2']].map((states) =>
      inherits(states, { foo: ['1', '2'] }),
    ),
  },
  {
    name: 'test_tracestate_all_allowed_characters',
    requests: [key, `${key}@a-z0-9_-*/`].map((name) => inherits(`${name}=${value}`, { [name]: value })),
  },
  {
    name: 'test_tracestate_ows_handling',
    requests: [
      ...['foo=1 \t , \t bar=2, \t baz=3', 'foo=1\t \t,\t \tbar=2,\t \tbaz=3'].map((state) =>
        inherits(state, { foo: '1', bar: '2', baz: '3' }),
      ),
      ...[' foo=1', '\tfoo=1', 'foo=1 ', 'foo=1\t', '\t foo=1 \t'].map((state) =>
        inherits(state, { foo: '1' }),
      ),
    ],
  },
  {
    name: 'test_tracestate_key_illegal_characters',
    requests: ['foo =1', 'FOO=1', 'foo.bar=1'].map(discards),
  },
  {
    name: 'test_tracestate_key_illegal_vendor_format',
    requests: [
      ...['foo@', 'foo@@bar', 'foo@bar@baz'].map((name) =>
        inherits(`${name}=1,bar=2`, { [name]: '1', bar: '2' }),
      ),
      inherits('@foo=1,bar=2', { bar: undefined }),
    ],
  },
  {
    name: 'test_tracestate_member_count_limit',
    requests: [
      request([...thirtyBars, bars(31, 32)], { state: { bar01: '01' }, members: 32 }),
      inherits([...thirtyBars, bars(31, 33)], { bar01: undefined }),
    ],
  },
  {
    name: 'test_tracestate_key_length_limit',
    requests: [
      ...keysOfFullLength.map((name) => inherits(['foo=1', `${name}=1`], { foo: '1', [name]: '1' })),
      inherits(['foo=1', `${'z'.repeat(257)}=1`], { foo: undefined }),
    ],
  },
  {
    name: 'test_tracestate_value_illegal_characters',
    requests: [
      inherits('foo=bar=baz', { foo: undefined }),
      inherits('foo=,bar=3', { foo: undefined, bar: undefined }),
    ],
  },
];
