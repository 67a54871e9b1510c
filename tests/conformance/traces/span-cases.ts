import type { Stored } from './stored-span.ts';

/** What a sender puts into a span, and what a reader gets. */
export type SpanCase = readonly [name: string, sent: string, stored: Stored];

const otherTrace = '1123456789abcdef0123456789abcde1';
const otherSpan = '1102030405060708';

const attribute = (value: string) => `"attributes":[{"key":"a","value":${value}}]`;
const stored = (value: unknown) => ({ attributes: [{ key: 'a', value }] });
const warning = (stringValue: string) => ({
  key: '@jaeger@warnings',
  value: { arrayValue: { values: [{ stringValue }] } },
});

/**
 * Fields of one span in JSON, with the results of Jaeger v2.13 and v2.20. The span also has an id, and times that a case may repeat: the
 * last one counts.
 */
export const spanCases: readonly SpanCase[] = [
  ['a name and a kind', '"name":"n","kind":2', { name: 'n', kind: 2 }],
  ['a kind by its name', '"kind":"SPAN_KIND_CONSUMER"', { kind: 5 }],
  ['a kind of a later version', '"kind":99', { kind: 99 }],
  ['no kind', '"kind":0', {}],
  ['a kind by a wrong name', '"kind":"NOPE"', 'refused'],
  ['a kind as digits in a string', '"kind":"2"', 'refused'],
  [
    'a status by its name',
    '"status":{"code":"STATUS_CODE_ERROR","message":"m"}',
    { status: { code: 2, message: 'm' } },
  ],
  ['a status of a later version', '"status":{"code":9}', { status: { code: 9 } }],
  ['a status by a wrong name', '"status":{"code":"X"}', 'refused'],
  ['a parent in upper case', '"parentSpanId":"ABCDEFABCDEFABCD"', { parentSpanId: 'abcdefabcdefabcd' }],
  ['a parent of zeros', '"parentSpanId":"0000000000000000"', {}],
  ['an empty parent', '"parentSpanId":""', {}],
  ['a parent that is not hex', '"parentSpanId":"zz"', 'refused'],
  ['a parent that is null', '"parentSpanId":null', 'refused'],
  [
    'nulls where there are lists',
    '"links":null,"events":null,"attributes":null,"status":null,"name":null',
    {},
  ],
  ['an unknown field', '"unknown":{"x":[1]},"name":"n"', { name: 'n' }],
  ['a name that is a number', '"name":5', 'refused'],
  ['half a surrogate pair as name', String.raw`"name":"\ud800"`, { name: '\ufffd' }],
  ['trace state and flags', '"traceState":"a=b","flags":257', { traceState: 'a=b', flags: 257 }],
  ['flags as a string', '"flags":"257"', { flags: 257 }],
  [
    'counts of what was dropped',
    '"droppedAttributesCount":1,"droppedEventsCount":0,"droppedLinksCount":"3"',
    { droppedAttributesCount: 1, droppedLinksCount: 3 },
  ],
  [
    'times as bare numbers',
    '"startTimeUnixNano":1700000000000000003,"endTimeUnixNano":1700000000000000007',
    { startTimeUnixNano: '1700000000000000003', endTimeUnixNano: '1700000000000000007' },
  ],
  ['a time with a fraction', '"startTimeUnixNano":5.5', 'refused'],
  ['a negative time', '"startTimeUnixNano":"-5"', 'refused'],
  ['a time one beyond 64 bits', '"startTimeUnixNano":"18446744073709551616"', 'refused'],
  ['a time beyond 64 bits', '"startTimeUnixNano":"99999999999999999999999"', 'refused'],
  ['a time that is null', '"startTimeUnixNano":null', 'refused'],
  [
    'an end before the start',
    '"startTimeUnixNano":"1700000000000000009","endTimeUnixNano":"1700000000000000005"',
    {
      startTimeUnixNano: '1700000000000000009',
      endTimeUnixNano: '1700000000000000010',
      attributes: [
        warning(
          'Negative duration detected, sanitizing end timestamp. Original end timestamp: 2023-11-14 22:13:20.000000005 +0000 UTC, adjusted to: 2023-11-14 22:13:20.00000001 +0000 UTC',
        ),
      ],
    },
  ],
  ['a text', attribute('{"stringValue":"s"}'), stored({ stringValue: 's' })],
  ['an empty text', attribute('{"stringValue":""}'), stored({ stringValue: '' })],
  ['a text that is null', attribute('{"stringValue":null}'), stored({ stringValue: '' })],
  ['a text that is a number', attribute('{"stringValue":5}'), 'refused'],
  ['a boolean', attribute('{"boolValue":false}'), stored({ boolValue: false })],
  ['a boolean as text', attribute('{"boolValue":"true"}'), 'refused'],
  ['an integer as number', attribute('{"intValue":-5}'), stored({ intValue: '-5' })],
  [
    'an integer of 64 bits',
    attribute('{"intValue":9007199254740993}'),
    stored({ intValue: '9007199254740993' }),
  ],
  ['an integer beyond 64 bits', attribute('{"intValue":"9223372036854775808"}'), 'refused'],
  ['an integer with a fraction', attribute('{"intValue":1.5}'), 'refused'],
  ['an integer that is a word', attribute('{"intValue":"x"}'), 'refused'],
  ['a double', attribute('{"doubleValue":1.5}'), stored({ doubleValue: 1.5 })],
  ['a double as text', attribute('{"doubleValue":"1.5"}'), stored({ doubleValue: 1.5 })],
  ['a large double', attribute('{"doubleValue":1e21}'), stored({ doubleValue: 1e21 })],
  ['a double beyond all doubles', attribute('{"doubleValue":1e400}'), 'refused'],
  ['bytes', attribute('{"bytesValue":"AQI="}'), stored({ bytesValue: 'AQI=' })],
  ['bytes that are not base64', attribute('{"bytesValue":"!!"}'), 'refused'],
  [
    'a list',
    attribute('{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":1}]}}'),
    stored({ arrayValue: { values: [{ stringValue: 'x' }, { intValue: '1' }] } }),
  ],
  ['an empty list', attribute('{"arrayValue":{}}'), stored({ arrayValue: {} })],
  [
    'a map',
    attribute('{"kvlistValue":{"values":[{"key":"z","value":{"intValue":1}},{"key":"a"}]}}'),
    stored({
      kvlistValue: {
        values: [
          { key: 'z', value: { intValue: '1' } },
          { key: 'a', value: {} },
        ],
      },
    }),
  ],
  ['a value of two types', attribute('{"stringValue":"s","intValue":5}'), stored({ intValue: '5' })],
  ['an empty value', attribute('{}'), stored({})],
  ['a value that is a bare number', attribute('5'), 'refused'],
  ['no value', '"attributes":[{"key":"a"}]', stored({})],
  [
    'no key',
    '"attributes":[{"value":{"stringValue":"s"}}]',
    { attributes: [{ value: { stringValue: 's' } }] },
  ],
  ['attributes as an object', '"attributes":{}', 'refused'],
  [
    'attributes out of order, one twice',
    '"attributes":[{"key":"b","value":{"intValue":1}},{"key":"B","value":{"intValue":2}},{"key":"a","value":{"intValue":3}},{"key":"b","value":{"intValue":4}}]',
    {
      attributes: [
        ['B', '2'],
        ['a', '3'],
        ['b', '4'],
      ].map(([key, intValue]) => ({ key, value: { intValue } })),
    },
  ],
  [
    'events out of order',
    '"events":[{"timeUnixNano":"9","name":"late","attributes":[{"key":"z"},{"key":"a"}]},{"timeUnixNano":"3","name":"early"}]',
    {
      events: [
        { timeUnixNano: '3', name: 'early' },
        {
          timeUnixNano: '9',
          name: 'late',
          attributes: [
            { key: 'a', value: {} },
            { key: 'z', value: {} },
          ],
        },
      ],
    },
  ],
  [
    'a link with attributes, trace state and flags',
    `"links":[{"traceId":"${otherTrace}","spanId":"${otherSpan}","traceState":"a=b","flags":1,"attributes":[{"key":"a","value":{"stringValue":"s"}}]}]`,
    {
      links: [
        {
          traceId: otherTrace,
          spanId: otherSpan,
          traceState: 'a=b',
          flags: 1,
          ...stored({ stringValue: 's' }),
        },
      ],
    },
  ],
  [
    'a link to nothing',
    `"links":[{"traceId":"${'0'.repeat(32)}","spanId":"${otherSpan}"},{"traceId":"${otherTrace}","spanId":""}]`,
    { attributes: [warning('Invalid span link removed')], links: [{ traceId: otherTrace }] },
  ],
];

/** Fields of one span that a plain read changes, and the same fields in a raw read. */
export const rawCases: readonly (readonly [name: string, sent: string, raw: Record<string, unknown>])[] = [
  ['a span', '"name":"n"', { name: 'n' }],
  [
    'attributes',
    '"attributes":[{"key":"b","value":{"intValue":1}},{"key":"a","value":{"intValue":3}},{"key":"b","value":{"intValue":4}}]',
    {
      attributes: [
        ['b', '1'],
        ['a', '3'],
        ['b', '4'],
      ].map(([key, intValue]) => ({ key, value: { intValue } })),
    },
  ],
  [
    'events',
    '"events":[{"timeUnixNano":"9","name":"late"},{"timeUnixNano":"3","name":"early"}]',
    {
      events: [
        { timeUnixNano: '9', name: 'late' },
        { timeUnixNano: '3', name: 'early' },
      ],
    },
  ],
  [
    'a link to nothing',
    `"links":[{"spanId":"${otherSpan}"},{"traceId":"${otherTrace}","spanId":""}]`,
    { links: [{ spanId: otherSpan }, { traceId: otherTrace }] },
  ],
];
