import { parentLine, type HeaderLine, type W3cCase } from './w3c-case.ts';

const [, valid] = parentLine();

function startsNew(name: string, ...headers: HeaderLine[]): W3cCase {
  return { name, requests: headers.map((line) => ({ lines: [line], trace: 'new' })) };
}

function joins(name: string, ...headers: HeaderLine[]): W3cCase {
  return { name, requests: headers.map((line) => ({ lines: [line], trace: 'joined' })) };
}

/** The tests on `traceparent` in `TraceContextTest`. Names: https://github.com/w3c/trace-context/blob/main/test/test.py */
export const traceparentCases: readonly W3cCase[] = [
  { name: 'test_both_traceparent_and_tracestate_missing', requests: [{ lines: [], trace: 'new' }] },
  joins('test_traceparent_included_tracestate_missing', parentLine()),
  {
    name: 'test_traceparent_duplicated',
    requests: [
      { lines: [parentLine({ traceId: '12345678901234567890123456789011' }), parentLine()], trace: 'new' },
    ],
  },
  startsNew('test_traceparent_header_name', ['trace-parent', valid], ['trace.parent', valid]),
  joins(
    'test_traceparent_header_name_valid_casing',
    ['TraceParent', valid],
    ['TrAcEpArEnT', valid],
    ['TRACEPARENT', valid],
  ),
  startsNew(
    'test_traceparent_version_0x00',
    parentLine({ flags: '01.' }),
    parentLine({ flags: '01-what-the-future-will-be-like' }),
  ),
  {
    name: 'test_traceparent_version_0xcc',
    requests: [
      { lines: [parentLine({ version: 'cc' })], trace: 'joined' },
      { lines: [parentLine({ version: 'cc', flags: '01-what-the-future-will-be-like' })], trace: 'joined' },
      { lines: [parentLine({ version: 'cc', flags: '01.what-the-future-will-be-like' })], trace: 'new' },
    ],
  },
  startsNew('test_traceparent_version_0xff', parentLine({ version: 'ff' })),
  startsNew(
    'test_traceparent_version_illegal_characters',
    parentLine({ version: '.0' }),
    parentLine({ version: '0.' }),
  ),
  startsNew(
    'test_traceparent_version_too_long',
    parentLine({ version: '000' }),
    parentLine({ version: '0000' }),
  ),
  startsNew('test_traceparent_version_too_short', parentLine({ version: '0' })),
  startsNew('test_traceparent_trace_id_all_zero', parentLine({ traceId: '0'.repeat(32) })),
  startsNew(
    'test_traceparent_trace_id_illegal_characters',
    parentLine({ traceId: '.2345678901234567890123456789012' }),
    parentLine({ traceId: '1234567890123456789012345678901.' }),
  ),
  startsNew(
    'test_traceparent_trace_id_too_long',
    parentLine({ traceId: '123456789012345678901234567890123' }),
  ),
  startsNew(
    'test_traceparent_trace_id_too_short',
    parentLine({ traceId: '1234567890123456789012345678901' }),
  ),
  startsNew('test_traceparent_parent_id_all_zero', parentLine({ parentId: '0'.repeat(16) })),
  startsNew(
    'test_traceparent_parent_id_illegal_characters',
    parentLine({ parentId: '.234567890123456' }),
    parentLine({ parentId: '123456789012345.' }),
  ),
  startsNew('test_traceparent_parent_id_too_long', parentLine({ parentId: '12345678901234567' })),
  startsNew('test_traceparent_parent_id_too_short', parentLine({ parentId: '123456789012345' })),
  startsNew(
    'test_traceparent_trace_flags_illegal_characters',
    parentLine({ flags: '.0' }),
    parentLine({ flags: '0.' }),
  ),
  startsNew('test_traceparent_trace_flags_too_long', parentLine({ flags: '001' })),
  startsNew('test_traceparent_trace_flags_too_short', parentLine({ flags: '1' })),
  joins(
    'test_traceparent_ows_handling',
    ...[` ${valid}`, `\t${valid}`, `${valid} `, `${valid}\t`, `\t ${valid} \t`].map((value): HeaderLine => [
      'traceparent',
      value,
    ]),
  ),
];

/** The tests of `AdvancedTest` and of `TraceContext2Test` (level 2). */
export const advancedCases: readonly W3cCase[] = [
  {
    name: 'test_multiple_requests_with_valid_traceparent',
    requests: [{ lines: [parentLine()], calls: 3, trace: 'joined' }],
  },
  { name: 'test_multiple_requests_without_traceparent', requests: [{ lines: [], calls: 3, trace: 'new' }] },
  {
    name: 'test_multiple_requests_with_illegal_traceparent',
    requests: [{ lines: [parentLine({ traceId: '0'.repeat(32) })], calls: 3, trace: 'new' }],
  },
  {
    name: 'test_propagates_random_flag',
    requests: [{ lines: [parentLine({ flags: '02' })], trace: 'joined', random: true }],
  },
];
