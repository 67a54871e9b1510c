import { WireType, type BinaryReader } from '@bufbuild/protobuf/wire';

/** The wire format of a value, and how to read it into its JSON form. */
export interface Wire {
  wireType: WireType;
  isRepeated?: boolean;
  /** `previous` is the value that the same field has so far in this message. `depth` is how many more levels of messages may be nested. */
  read(reader: BinaryReader, previous: unknown, depth: number): unknown;
}

/** The fields of a message by number. A field with another number is skipped, as the protocol requires. */
export type WireFields = Readonly<Record<number, Wire & { name: string }>>;

type Json = Record<string, unknown>;

/**
 * Reads the fields up to `end` into an object with the shape of the same message in JSON. Throws an `Error` if the bytes are not
 * such a message.
 * Source: https://protobuf.dev/programming-guides/encoding/
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
  // Of several fields that exclude one another, the last one wins, so it must be the last key.
  if (previous !== undefined) delete into[name];
  into[name] = value;
}

/** A nested message. If it occurs twice, the second one is merged into the first. `fields` is a function because values contain values. */
export const embedded = (fields: () => WireFields): Wire => ({
  wireType: WireType.LengthDelimited,
  read: (reader, previous, depth) => {
    const length = reader.uint32();
    return readMessage(reader, reader.pos + length, fields(), depth, previous as Json | undefined);
  },
});

export const repeated = (fields: () => WireFields): Wire => ({ ...embedded(fields), isRepeated: true });

const as = (wireType: WireType, read: (reader: BinaryReader) => unknown): Wire => ({ wireType, read });

/** The scalar types of OTLP. Invalid UTF-8 becomes U+FFFD, as everywhere in Node.js. */
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

// JSON has no numbers for infinities and NaN.
const finiteOrWord = (value: number) => (Number.isFinite(value) ? value : String(value));
