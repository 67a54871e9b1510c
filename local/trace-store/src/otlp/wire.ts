import { WireType, type BinaryReader } from '@bufbuild/protobuf/wire';

/** How a value lies on the wire, and what it is in JSON. */
export interface Wire {
  wireType: WireType;
  isRepeated?: boolean;
  /** `previous` is what the same field left in this message before; `depth` how many messages may still be inside. */
  read(reader: BinaryReader, previous: unknown, depth: number): unknown;
}

/** The fields of a message by their numbers. A number that is not here is skipped, as the protocol asks. */
export type WireFields = Readonly<Record<number, Wire & { name: string }>>;

type Json = Record<string, unknown>;

/**
 * Reads the fields up to `end` into an object in the form of the same message as JSON. Throws an `Error` where the bytes are
 * no such message. Source: https://protobuf.dev/programming-guides/encoding/
 */
export function readMessage(
  reader: BinaryReader,
  end: number,
  fields: WireFields,
  depth: number,
  into: Json = {},
): Json {
  if (depth === 0) throw new SyntaxError('nested too deeply');
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const field = fields[number];
    if (!field) reader.skip(wireType, number);
    else if (field.wireType !== wireType) {
      throw new SyntaxError(`${field.name}: wire type ${wireType}, expected ${field.wireType}`);
    } else put(into, field, (previous) => field.read(reader, previous, depth - 1));
  }
  if (reader.pos > end) throw new SyntaxError('a field ends outside of its message');
  return into;
}

function put(
  into: Json,
  { name, isRepeated }: WireFields[number],
  read: (previous?: unknown) => unknown,
): void {
  const previous = into[name];
  if (isRepeated) {
    if (Array.isArray(previous)) previous.push(read());
    else into[name] = [read()];
    return;
  }
  const value = read(previous);
  // Of several that exclude one another the last one counts, so it has to stand last.
  if (previous !== undefined) delete into[name];
  into[name] = value;
}

/** A message inside; one that comes twice is merged. Its fields are asked for late, since values are inside of values. */
export const embedded = (fields: () => WireFields): Wire => ({
  wireType: WireType.LengthDelimited,
  read: (reader, previous, depth) => {
    const length = reader.uint32();
    return readMessage(reader, reader.pos + length, fields(), depth, previous as Json | undefined);
  },
});

export const repeated = (fields: () => WireFields): Wire => ({ ...embedded(fields), isRepeated: true });

const as = (wireType: WireType, read: (reader: BinaryReader) => unknown): Wire => ({ wireType, read });

/** The scalars of OTLP. Bytes that are not UTF-8 become U+FFFD, as everywhere in Node. */
export const SCALARS = {
  text: as(WireType.LengthDelimited, (reader) => reader.string()),
  hex: as(WireType.LengthDelimited, (reader) => buffer(reader).toString('hex')),
  bytes: as(WireType.LengthDelimited, (reader) => buffer(reader).toString('base64')),
  bool: as(WireType.Varint, (reader) => reader.bool()),
  int32: as(WireType.Varint, (reader) => reader.int32()),
  uint32: as(WireType.Varint, (reader) => reader.uint32()),
  int64: as(WireType.Varint, (reader) => String(reader.int64())),
  fixed32: as(WireType.Bit32, (reader) => reader.fixed32()),
  fixed64: as(WireType.Bit64, (reader) => String(reader.fixed64())),
  double: as(WireType.Bit64, (reader) => finiteOrWord(reader.double())),
};

function buffer(reader: BinaryReader): Buffer {
  const view = reader.bytes();
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength);
}

// JSON has no number for it.
const finiteOrWord = (value: number) => (Number.isFinite(value) ? value : String(value));
