import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { addResourceSpans } from '../model/read-otlp.ts';
import type { ByteQueue } from './byte-queue.ts';
import type { Sink } from './input.ts';

/** Tag of the field `resource_spans`, with which `TracesData` and `ExportTraceServiceRequest` begin. */
const RESOURCE_SPANS = 0x0a;
/** Larger than what any exporter sends. A larger number is not a length. */
const MAX_MESSAGE = 1 << 30;

/**
 * Reads OTLP as protobuf: one message, several in sequence, or each after its length in four bytes, as the Collector's file exporter writes
 * them. Source: https://github.com/open-telemetry/opentelemetry-proto.
 */
export async function readProtobuf(sink: Sink, name: string, bytes: ByteQueue): Promise<void> {
  try {
    const isFramed = (await bytes.peek(1))[0] !== RESOURCE_SPANS;
    while ((await bytes.peek(1)).length > 0) {
      if (isFramed) {
        const length = (await bytes.take(4)).readUInt32BE(0);
        takeMessage(sink, name, await bytes.take(checked(length)));
      } else takeGroup(sink, name, await nextField(bytes));
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sink.problem(name, `not OTLP at byte ${bytes.position} (${reason}). Expected OTLP JSON or protobuf.`);
  }
}

function checked(length: number): number {
  if (length > MAX_MESSAGE) throw new RangeError(`a message of ${length} bytes`);
  return length;
}

/** Returns the bytes of the next `resource_spans`. */
async function nextField(bytes: ByteQueue): Promise<Buffer> {
  const [tag] = await bytes.take(1);
  if (tag !== RESOURCE_SPANS) throw new SyntaxError(`a field with the tag ${tag}`);
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const [byte = 0] = await bytes.take(1);
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift > 28) throw new SyntaxError('a length without an end');
  }
  return bytes.take(checked(length));
}

function takeMessage(sink: Sink, name: string, bytes: Buffer): void {
  const reader = new BinaryReader(bytes);
  let isTraces = bytes.length === 0;
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    if (field === 1 && type === WireType.LengthDelimited) {
      takeGroup(sink, name, reader.bytes());
      isTraces = true;
    } else reader.skip(type, field);
  }
  if (!isTraces) throw new SyntaxError('a message without spans');
}

function takeGroup(sink: Sink, name: string, bytes: Uint8Array): void {
  for (const problem of addResourceSpans(sink.store, read(bytes, resourceSpans)))
    sink.problem(name, `got ${problem}`);
}

/** Reads a value. `known` is the value that the field has already. */
type Value = (reader: BinaryReader, known?: unknown) => unknown;

/** By number: the name of a field in OTLP JSON, and the function that reads its value. */
type Fields = Record<number, [name: string, value: Value, isRepeated?: 'repeated']>;

/** Reads a message into `found`. Skips unknown fields, as the protocol requires. */
function read(
  bytes: Uint8Array,
  fields: Fields,
  found: Record<string, unknown> = {},
): Record<string, unknown> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const field = fields[number];
    if (!field) {
      reader.skip(type, number);
      continue;
    }
    const [name, value, isRepeated] = field;
    if (isRepeated) ((found[name] ??= []) as unknown[]).push(value(reader));
    else found[name] = value(reader, found[name]);
  }
  if (reader.pos > reader.len) throw new SyntaxError('a field ends outside of its message');
  return found;
}

/** A message that comes twice is merged, as the protocol requires. */
const message =
  (fields: Fields): Value =>
  (reader, known) =>
    read(reader.bytes(), fields, known as Record<string, unknown> | undefined);
const hex: Value = (reader) => Buffer.from(reader.bytes()).toString('hex');
const text: Value = (reader) => reader.string();
const int32: Value = (reader) => reader.int32();
const int64: Value = (reader) => String(reader.int64());
const double: Value = (reader) => reader.double();
const fixed32: Value = (reader) => reader.fixed32();
const fixed64: Value = (reader) => String(reader.fixed64());

/** Only texts and numbers. No rule needs the other types. */
const scalar = message({ 1: ['stringValue', text], 3: ['intValue', int64], 4: ['doubleValue', double] });
const attribute = message({ 1: ['key', text], 2: ['value', scalar] });
const link = message({ 1: ['traceId', hex], 2: ['spanId', hex], 6: ['flags', fixed32] });
const span = message({
  1: ['traceId', hex],
  2: ['spanId', hex],
  4: ['parentSpanId', hex],
  5: ['name', text],
  6: ['kind', int32],
  7: ['startTimeUnixNano', fixed64],
  8: ['endTimeUnixNano', fixed64],
  9: ['attributes', attribute, 'repeated'],
  13: ['links', link, 'repeated'],
  15: ['status', message({ 3: ['code', int32] })],
  16: ['flags', fixed32],
});
const resourceSpans: Fields = {
  1: ['resource', message({ 1: ['attributes', attribute, 'repeated'] })],
  2: ['scopeSpans', message({ 2: ['spans', span, 'repeated'] }), 'repeated'],
};
