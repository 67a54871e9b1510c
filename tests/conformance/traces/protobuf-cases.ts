import {
  bytes,
  double,
  fixed32,
  fixed64,
  hex,
  inside,
  raw,
  text,
  varint,
  type Part,
} from '../../../local/trace-store/src/testing/protobuf.ts';
import type { Stored } from './stored-span.ts';

/** What a sender puts into a span, and what a reader gets. */
export type ProtobufCase = readonly [name: string, sent: readonly Part[], stored: Stored];

const otherTrace = '1123456789abcdef0123456789abcde1';
const otherSpan = '1102030405060708';

const attribute = (...value: Part[]): Part[] => [inside(9, text(1, 'a'), inside(2, ...value))];
const stored = (value: unknown) => ({ attributes: [{ key: 'a', value }] });

/** Fields of one span in protobuf, with the results of Jaeger v2.13 and v2.20. */
export const protobufCases: readonly ProtobufCase[] = [
  [
    'all plain fields',
    [
      text(3, 'a=b'),
      hex(4, 'abcdefabcdefabcd'),
      text(5, 'n'),
      varint(6, 5),
      varint(10, 1),
      varint(12, 2),
      varint(14, 3),
      inside(15, text(2, 'm'), varint(3, 2)),
      fixed32(16, 257),
    ],
    {
      traceState: 'a=b',
      parentSpanId: 'abcdefabcdefabcd',
      name: 'n',
      kind: 5,
      droppedAttributesCount: 1,
      droppedEventsCount: 2,
      droppedLinksCount: 3,
      status: { message: 'm', code: 2 },
      flags: 257,
    },
  ],
  [
    'times of 64 bits',
    [fixed64(7, 2n ** 63n), fixed64(8, 2n ** 64n - 1n)],
    { startTimeUnixNano: '9223372036854775808', endTimeUnixNano: '18446744073709551615' },
  ],
  ['fields with their default', [text(3, ''), text(5, ''), varint(6, 0), inside(15), fixed32(16, 0)], {}],
  ['an unknown field', [varint(1_000, 1), text(1_001, 'x'), text(5, 'n')], { name: 'n' }],
  ['the same field twice', [text(5, 'first'), text(5, 'last')], { name: 'last' }],
  [
    'the same message twice',
    [inside(15, text(2, 'm')), inside(15, varint(3, 2))],
    { status: { message: 'm', code: 2 } },
  ],
  ['a kind of a later version', [varint(6, 99)], { kind: 99 }],
  ['a negative kind', [varint(6, -1)], { kind: -1 }],
  ['a parent of zeros', [hex(4, '0000000000000000')], {}],
  ['an empty parent', [hex(4, '')], {}],
  ['a parent that is too short', [hex(4, 'abcdef')], 'refused'],
  ['flags as another type', [varint(16, 257)], 'refused'],
  ['a field with the number zero', [raw(0, 1)], 'refused'],
  ['a field of a type that does not exist', [raw(0x56, 1)], 'refused'],
  ['a number without end', [raw(0x50, ...Array.from({ length: 11 }, () => 0x80), 1)], 'refused'],
  ['a field that is longer than the span', [raw(0x2a, 100)], 'refused'],
  ['a text', attribute(text(1, 's')), stored({ stringValue: 's' })],
  ['an empty text', attribute(text(1, '')), stored({ stringValue: '' })],
  ['a boolean', attribute(varint(2, 0)), stored({ boolValue: false })],
  ['an integer', attribute(varint(3, -(2n ** 63n))), stored({ intValue: '-9223372036854775808' })],
  ['a double', attribute(double(4, 1.5)), stored({ doubleValue: 1.5 })],
  ['no number', attribute(double(4, NaN)), stored({ doubleValue: 'NaN' })],
  ['minus infinity', attribute(double(4, -Infinity)), stored({ doubleValue: '-Infinity' })],
  [
    'a list',
    attribute(inside(5, inside(1, text(1, 'x')), inside(1, varint(3, 1)))),
    stored({ arrayValue: { values: [{ stringValue: 'x' }, { intValue: '1' }] } }),
  ],
  ['an empty list', attribute(inside(5)), stored({ arrayValue: {} })],
  [
    'a map',
    attribute(inside(6, inside(1, text(1, 'z'), inside(2, varint(3, 1))), inside(1, text(1, 'a')))),
    stored({
      kvlistValue: {
        values: [
          { key: 'z', value: { intValue: '1' } },
          { key: 'a', value: {} },
        ],
      },
    }),
  ],
  ['bytes', attribute(bytes(7, 1, 2)), stored({ bytesValue: 'AQI=' })],
  ['a value of two types', attribute(text(1, 's'), varint(3, 5)), stored({ intValue: '5' })],
  [
    'a value of two types and the first again',
    attribute(text(1, 's'), varint(3, 5), text(1, 't')),
    stored({ stringValue: 't' }),
  ],
  ['no value', [inside(9, text(1, 'a'))], stored({})],
  [
    'an event',
    [
      inside(
        11,
        fixed64(1, 3n),
        text(2, 'e'),
        inside(3, text(1, 'a'), inside(2, text(1, 's'))),
        varint(4, 2),
      ),
    ],
    {
      events: [{ timeUnixNano: '3', name: 'e', ...stored({ stringValue: 's' }), droppedAttributesCount: 2 }],
    },
  ],
  [
    'a link',
    [
      inside(
        13,
        hex(1, otherTrace),
        hex(2, otherSpan),
        text(3, 'a=b'),
        inside(4, text(1, 'a'), inside(2, text(1, 's'))),
        varint(5, 2),
        fixed32(6, 1),
      ),
    ],
    {
      links: [
        {
          traceId: otherTrace,
          spanId: otherSpan,
          traceState: 'a=b',
          ...stored({ stringValue: 's' }),
          droppedAttributesCount: 2,
          flags: 1,
        },
      ],
    },
  ],
];
