import { byteLength } from '../byte-length.ts';
import { isBytes } from '../realm.ts';
import { leaveOut } from '../report-once.ts';

/**
 * The maximum encoded size of all headers of an AMQP message. `amqpHeadersCarrier` leaves out a field that would exceed it. The
 * limit is the size of the buffer in which the client amqplib encodes headers.
 * https://github.com/amqp-node/amqplib/blob/v2.3.1/lib/defs.js
 */
export const MAX_AMQP_HEADERS_BYTES = 65_536;

/** The maximum size of a name in a table, a `shortstr`. https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf, 4.2.5.3 */
const MAX_NAME_BYTES = 255;

/** Reports whether the headers of a message can hold a field, and warns if they can't. */
export function fitsAmqpTable(headers: object, field: string, value: string): boolean {
  const nameBytes = byteLength(field);
  if (nameBytes > MAX_NAME_BYTES)
    return leaveOut('a field', `got a name of ${nameBytes} bytes. Expected at most ${MAX_NAME_BYTES}.`);
  const bytes = tableBytes({ ...headers, [field]: value });
  if (bytes <= MAX_AMQP_HEADERS_BYTES) return true;
  return leaveOut(
    field,
    `got ${bytes} bytes of headers with it. Expected at most ${MAX_AMQP_HEADERS_BYTES}.`,
  );
}

// The encoding is the table's length, then each name with its length, and each value with its type.
function tableBytes(table: object): number {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined);
  return entries.reduce((sum, [name, value]) => sum + 1 + byteLength(name) + 1 + valueBytes(value), 4);
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return 4 + byteLength(value);
  if (isBytes(value)) return 4 + value.byteLength;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + 1 + valueBytes(item), 4);
  if (typeof value === 'object' && value !== null && !('!' in value)) return tableBytes(value);
  return MAX_SCALAR_BYTES;
}

// The size of a 64-bit number. Smaller scalars, and values with an explicit type (`{ '!': … }`), count as this size.
const MAX_SCALAR_BYTES = 8;
