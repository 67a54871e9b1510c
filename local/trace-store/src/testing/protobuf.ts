import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** One field of a message. It is written by hand, so that it can also be invalid. */
export type Part = (writer: BinaryWriter) => BinaryWriter;

export const text =
  (field: number, value: string): Part =>
  (writer) =>
    writer.tag(field, WireType.LengthDelimited).string(value);
export const bytes =
  (field: number, ...value: number[]): Part =>
  (writer) =>
    writer.tag(field, WireType.LengthDelimited).bytes(Uint8Array.from(value));
export const hex = (field: number, value: string): Part => bytes(field, ...Buffer.from(value, 'hex'));
export const varint =
  (field: number, value: bigint | number): Part =>
  (writer) =>
    writer.tag(field, WireType.Varint).int64(value);
export const fixed32 =
  (field: number, value: number): Part =>
  (writer) =>
    writer.tag(field, WireType.Bit32).fixed32(value);
export const fixed64 =
  (field: number, value: bigint): Part =>
  (writer) =>
    writer.tag(field, WireType.Bit64).fixed64(value);
export const double =
  (field: number, value: number): Part =>
  (writer) =>
    writer.tag(field, WireType.Bit64).double(value);
export const raw =
  (...value: number[]): Part =>
  (writer) =>
    writer.raw(Uint8Array.from(value));

/** A nested message. */
export const inside =
  (field: number, ...parts: Part[]): Part =>
  (writer) =>
    all(parts, writer.tag(field, WireType.LengthDelimited).fork()).join();

export const encode = (...parts: Part[]): Uint8Array<ArrayBuffer> => all(parts, new BinaryWriter()).finish();

const all = (parts: Part[], writer: BinaryWriter) => parts.reduce((result, part) => part(result), writer);

/** Returns an `ExportTraceServiceRequest` with one span of the service `contract`, with ids, times, and the fields of a case. */
export function requestWith(traceId: string, spanId: string, ...span: Part[]): Uint8Array<ArrayBuffer> {
  const service = inside(1, text(1, 'service.name'), inside(2, text(1, 'contract')));
  const times = [fixed64(7, 1_700_000_000_000_000_001n), fixed64(8, 1_700_000_000_000_000_009n)];
  const ids = [hex(1, traceId), hex(2, spanId)];
  const scopeSpans = inside(2, inside(1, text(1, 's')), inside(2, ...ids, ...times, ...span));
  return encode(inside(1, inside(1, service), scopeSpans));
}
